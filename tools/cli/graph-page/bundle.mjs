// Makes the page's code and style one file each, beside the built command, which writes them into every page.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'dist', 'graph-page');

const bundle = await rolldown({
  input: join(here, 'main.ts'),
  platform: 'browser',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  // Leaves out the warnings that the library has for developers only.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
});
await bundle.write({
  file: join(target, 'page.js'),
  format: 'iife',
  minify: true,
  sourcemap: false,
  comments: { legal: true },
});
await bundle.close();
mkdirSync(target, { recursive: true });
copyFileSync(join(here, 'page.css'), join(target, 'page.css'));
