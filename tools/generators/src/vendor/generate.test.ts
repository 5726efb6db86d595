import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readJson, type Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree.js';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { vendorPackages, type Manifest } from '../workspace/vendor-packages.js';
import type { AuthSchemeName } from './auth-schemes.js';
import { addVendor, generate } from './generate.js';
import type { PagingKind } from './vendor-options.js';

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));
/** A choice: Nx would show the values of an `enum` without their labels, so that the values are in a pattern instead. */
interface Choice<Value> {
  description: string;
  pattern: string;
  'x-prompt': { items: { value: Value; label: string }[] };
}
const { properties } = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8')) as {
  properties: { auth: Choice<AuthSchemeName>; paging: Choice<PagingKind> };
};
const schemes = properties.auth['x-prompt'].items.map(({ value }) => value);
const kinds = properties.paging['x-prompt'].items.map(({ value }) => value);
const combinations = [
  ...schemes.map((scheme) => [scheme, 'page'] as const),
  ...kinds.filter((kind) => kind !== 'page').map((kind) => ['bearer', kind] as const),
];

let acme: Tree;

beforeAll(async () => {
  acme = await generated();
});

describe('the generator of vendors', () => {
  it.each(['auth', 'paging'] as const)('takes for %s what it offers, and says so', (name) => {
    const { description, pattern, 'x-prompt': prompt } = properties[name];
    const values = prompt.items.map(({ value }) => value);

    expect(pattern).toBe(`^(${values.join('|')})$`);
    expect(description).toMatch(new RegExp(`: ${values.join(', ').replace(/, ([^,]+)$/, ' or $1')}\\.$`));
    for (const { value, label } of prompt.items) expect(label).toMatch(new RegExp(`^${value} {2,}\\w`));
  });

  it.each(combinations)('fills every template for %s and %s, in words that can be parsed', async (scheme, kind) => {
    const tree = new FsTree(WORKSPACE, false);
    addVendor(tree, { name: 'acme', auth: scheme, paging: kind });

    for (const { path, content } of tree.listChanges()) {
      expect(content?.toString('utf8'), path).not.toMatch(/<%|\[object/);
      if (path.endsWith('.ts')) expect(syntaxErrors(content?.toString('utf8') ?? ''), path).toEqual([]);
    }
    expect(tree.read('packages/acme/src/client.ts', 'utf8')).toMatch(/auth: \w+Auth\(\{/);
    expect(tree.exists('tools/simulators/src/acme/list-page.ts')).toBe(kind !== 'jsonl' && kind !== 'none');
  });

  it.each(schemes)('shares a limit with %s among all that use an account, by no secret', (scheme) => {
    const tree = new FsTree(WORKSPACE, false);
    addVendor(tree, { name: 'acme', auth: scheme, paging: 'none' });
    const read = (file: string): string => tree.read(`packages/acme/src/${file}.ts`, 'utf8') ?? '';

    const [, key, field] =
      /sharedLimit: sharedLimit\(((?:config\.(\w+))|apiBaseUrl\(config\))\)/.exec(read('integration')) ?? [];
    expect(key).toBeDefined();
    const secrets = [...read('config').matchAll(/^ {2}(\w+): \{(?:(?!^ {2}\})[^])*?mask: true/gm)].map(
      ([, name]) => name,
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets).not.toContain(field);
    expect(read('client')).toContain('sharedLimit: shared');
  });

  it('puts files where every other vendor has them', async () => {
    const vendors = vendorPackages(acme).filter(({ name }) => name !== 'acme');
    const inAll = filesIn(acme, `packages/${vendors[0]?.name ?? ''}`).filter((file) =>
      vendors.every(({ folder }) => acme.exists(`${folder}/${file}`)),
    );

    expect(inAll).toEqual(
      expect.arrayContaining(['src/index.ts', 'src/client.ts', 'docs/jupiterone.md', '.env.example']),
    );
    for (const file of inAll) expect(acme.exists(`packages/acme/${file}`), file).toBe(true);
  });

  it('gives the package the settings that all vendors share', async () => {
    const [first, ...others] = vendorPackages(acme).filter(({ name }) => name !== 'acme');
    const manifest = readJson<Manifest>(acme, 'packages/acme/package.json');

    expect(manifest).toMatchObject({ name: '@vendor-graph/acme', version: '0.0.0', nx: { name: 'acme' } });
    const shared = Object.keys(first?.manifest ?? {}).filter((field) =>
      others.every((other) => JSON.stringify(other.manifest[field]) === JSON.stringify(first?.manifest[field])),
    );
    expect(shared).toEqual(expect.arrayContaining(['exports', 'engines', 'publishConfig', 'license']));
    for (const field of shared.filter((name) => !/dependencies$/i.test(name)))
      expect(manifest[field], field).toEqual(first?.manifest[field]);
  });

  it('depends on what its sources import, and on nothing that other vendors do without', async () => {
    const manifest = readJson<Manifest>(acme, 'packages/acme/package.json');

    expect(Object.keys(manifest.dependencies ?? {})).toEqual(
      expect.arrayContaining(['@vendor-graph/flow-control', '@vendor-graph/http', '@vendor-graph/integration']),
    );
    for (const { manifest: other } of vendorPackages(acme))
      expect(Object.keys(other.dependencies ?? {})).toEqual(
        expect.arrayContaining(Object.keys(manifest.dependencies ?? {})),
      );
    expect(Object.keys(manifest.peerDependencies ?? {})).toEqual(['@jupiterone/integration-sdk-core']);
    expect(Object.keys(manifest.devDependencies ?? {})).toContain('@vendor-graph/simulators');
  });

  it('registers the simulator in alphabetical order', async () => {
    const registry = acme.read('tools/simulators/src/registry.ts', 'utf8') ?? '';

    const imported = [...registry.matchAll(/^import \{ (\w+) \} from '\.\/\w+\/definition\.js';$/gm)].map(
      ([, name]) => name,
    );
    expect(imported).toContain('acme');
    expect(registry.replaceAll(/\s+/g, ' ')).toContain('Object.freeze({ acme, aquasec,');
  });

  it('uses the title in texts, and the name in identifiers', async () => {
    const tree = await generated({ title: 'Acme Cloud 2.0' });

    expect(tree.read('packages/acme/README.md', 'utf8')).toContain('Acme Cloud 2.0 devices');
    expect(tree.read('packages/acme/src/client.ts', 'utf8')).toContain('export class AcmeClient');
  });

  it.each(['Acme', 'acme-cloud', 'a', '1password', '../acme'])('refuses the name %s', async (name) => {
    await expect(generated({ name })).rejects.toThrow(`"${name}" is no name for a vendor`);
  });

  it.each(['aquasec', 'jupiterone', 'kit'])('does not overwrite %s', async (name) => {
    await expect(generated({ name })).rejects.toThrow(/exists already\. Choose another name/);
  });
});

/** The workspace with a new vendor, in memory: nothing is written. */
async function generated(options: Partial<Parameters<typeof generate>[1]> = {}): Promise<Tree> {
  const tree = new FsTree(WORKSPACE, false);
  await generate(tree, { name: 'acme', auth: 'bearer', paging: 'token', ...options });
  return tree;
}

function syntaxErrors(source: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(source, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function filesIn(tree: Tree, folder: string, prefix = ''): string[] {
  return tree
    .children(folder)
    .filter((name) => !['node_modules', 'dist', 'out-tsc', 'coverage', '.j1-integration', '.env'].includes(name))
    .flatMap((name) =>
      tree.isFile(`${folder}/${name}`) ? [`${prefix}${name}`] : filesIn(tree, `${folder}/${name}`, `${prefix}${name}/`),
    );
}
