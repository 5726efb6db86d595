// Nx loads a generator before anything is built. The compiler does nothing when nothing has changed.
const { execFileSync } = require('node:child_process');
const { dirname, join } = require('node:path');
const process = require('node:process');
const { pathToFileURL } = require('node:url');

const root = dirname(module.path);

/** A generator of this package, by its folder in src; built from the source as it stands. */
module.exports = (name) => async (tree, options) => {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-b', join(root, 'tsconfig.lib.json')], { stdio: 'inherit' });
  const { generate } = await import(pathToFileURL(join(root, 'dist', name, 'generate.js')).href);
  return generate(tree, options);
};
