import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '../packages/manifest.js';

/**
 * Whether each of a package's modules can be loaded by this Node.js, with `import` and with `require()`, and is the same
 * module both times.
 *
 * @param folder holds the unpacked package, where its dependencies are found.
 */
export async function loadProblems(folder: string, { exports = {} }: Manifest): Promise<string[]> {
  const problems: string[] = [];
  for (const [path, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue;
    const file = join(folder, target['default'] ?? '');
    try {
      const imported = (await import(pathToFileURL(file).href)) as object;
      const required = createRequire(file)(file) as object;
      if (Object.keys(imported).length === 0 && !declaresTypes(join(folder, target['types'] ?? '')))
        problems.push(`${path} exports nothing`);
      if (required !== imported) problems.push(`${path} is another module when it is required`);
    } catch (error) {
      problems.push(`${path} cannot be loaded: ${String(error)}`);
    }
  }
  return problems;
}

/** A module may have types only. */
function declaresTypes(file: string): boolean {
  return /^export (?!\{\};)/m.test(readFileSync(file, 'utf8'));
}
