import type { Tree } from '@nx/devkit';

const REGISTRY = 'tools/simulators/src/registry.ts';

/**
 * Adds a simulator's definition to the registry, in alphabetical order.
 *
 * @throws Error when the registry has another form than expected
 */
export function registerSimulator(tree: Tree, vendor: string): void {
  const source = tree.read(REGISTRY, 'utf8') ?? '';
  const line = (name: string): string => `import { ${name} } from './${name}/definition.js';`;
  const registered = [...source.matchAll(/^import \{ (\w+) \} from '\.\/\1\/definition\.js';$/gm)].map(
    ([, name = '']) => name,
  );
  const list = /Object\.freeze\(\{([^}]*)\}\)/.exec(source);
  const last = registered.at(-1);
  if (list === null || last === undefined)
    throw new Error(`${REGISTRY} has no list of definitions to add ${vendor} to.`);
  const names = [...(list[1] ?? '').split(',').map((name) => name.trim()), vendor].filter((name) => name !== '').sort();
  const next = registered.find((name) => name > vendor);
  const withImport =
    next === undefined
      ? source.replace(line(last), `${line(last)}\n${line(vendor)}`)
      : source.replace(line(next), `${line(vendor)}\n${line(next)}`);
  tree.write(REGISTRY, withImport.replace(list[0], `Object.freeze({ ${names.join(', ')} })`));
}
