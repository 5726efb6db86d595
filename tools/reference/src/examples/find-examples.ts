import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An `@example` of a docstring. */
export interface Example {
  /** File and what is documented: `http/src/redact.ts redactSecrets`. */
  readonly title: string;
  readonly code: string;
}

const DOCUMENTED = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport (?:async )?(?:function|class|const) (\w+)/g;

/**
 * The examples of what a library exports from its files.
 *
 * @param library the library's folder
 */
export function findExamples(library: string): Example[] {
  const sources = join(library, 'src');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test|\.test-d|\.d)\.ts$/.test(file),
  );
  return files.sort().flatMap((file) =>
    [...readFileSync(join(sources, file), 'utf8').matchAll(DOCUMENTED)].flatMap(([, comment = '', name = '']) => {
      const [, example] = comment.split(/^ \* @example\n/m);
      if (example === undefined) return [];
      const [code = ''] = example.split(/^ \* @/m);
      return [{ title: `${file} ${name}`, code: code.replaceAll(/^ \* ?/gm, '').trim() }];
    }),
  );
}

/** The names of the functions that a library's entry point exports. */
export function exportedFunctions(library: string): string[] {
  const index = readFileSync(join(library, 'src', 'index.ts'), 'utf8');
  return [...index.matchAll(/^export \{([^}]*)\} from '\.\/(.*)\.js';$/gm)].flatMap(([, names = '', file = '']) => {
    const source = readFileSync(join(library, 'src', `${file}.ts`), 'utf8');
    const functions = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => functions.includes(name));
  });
}
