import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { typeboxClassSchemaMap } from '@jupiterone/data-model';
import type { Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generate as generateVendor } from '../vendor/generate.js';
import { generate } from './generate.js';
import { stepNames } from './step-names.js';

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));

const vendor = new FsTree(WORKSPACE, false);
let tree: Tree;

beforeAll(async () => {
  await generateVendor(vendor, { name: 'acme', auth: 'bearer', paging: 'token' });
});

/** The workspace with a new vendor, in memory: nothing is written. */
beforeEach(() => {
  tree = new FsTree(WORKSPACE, false);
  for (const { path, content } of vendor.listChanges()) if (content !== null) tree.write(path, content);
});

describe('the generator of steps', () => {
  it('adds a step to every place that knows the steps', async () => {
    await generate(tree, { vendor: 'acme', name: 'access-keys', class: 'AccessKey' });

    expect(text('packages/acme/src/steps/fetch-access-keys.ts')).toContain("id: 'fetch-access-keys',");
    expect(text('packages/acme/src/integration.ts')).toContain(
      'steps: [fetchAccount, fetchDevices, fetchFindings, fetchAccessKeys],',
    );
    expect(text('packages/acme/src/data-model.ts')).toContain(
      'relationshipType(ACCOUNT, RelationshipClass.HAS, ACCESS_KEY)',
    );
    expect(text('packages/acme/src/client.ts')).toContain("path: '/v2/access_keys', name: 'access_keys'");
    expect(text('packages/acme/src/records.ts')).toContain('export type AccessKeyRecord');
    expect(text('packages/acme/src/converters/access-key.test.ts')).toContain("_class: ['AccessKey']");
    expect(text('tools/simulators/src/acme/server.ts')).toContain(
      "list('access_keys', accessKeys(options.accessKeys));",
    );
    expect(text('tools/simulators/src/acme/definition.ts')).toContain('empty: { devices: 0, accessKeys: 0 },');
    for (const { path, content } of tree.listChanges()) {
      expect(content?.toString('utf8'), path).not.toMatch(/<%|\[object/);
    }
  });

  it('adds a second step behind the first', async () => {
    await generate(tree, { vendor: 'acme', name: 'sites', class: 'Site' });
    await generate(tree, { vendor: 'acme', name: 'policies', class: 'Rule' });

    expect(text('packages/acme/src/integration.ts')).toContain('fetchFindings, fetchSites, fetchPolicies],');
    expect(text('packages/acme/src/data-model.ts').indexOf('createPolicy]')).toBeGreaterThan(
      text('packages/acme/src/data-model.ts').indexOf('createSite]'),
    );
    expect(tree.exists('packages/acme/src/converters/policy.ts')).toBe(true);
  });

  it.each([
    [{ vendor: 'nobody', name: 'sites' }, 'There is no vendor in packages/nobody.'],
    [{ vendor: 'acme', name: 'devices' }, 'acme fetches devices already.'],
    [{ vendor: 'runzero', name: 'widgets' }, /This generator extends vendors that the vendor generator made/],
  ])('refuses %j', async (options, problem) => {
    await expect(generate(tree, { ...options, class: 'Record' })).rejects.toThrow(problem);
  });
});

describe('stepNames', () => {
  it.each([
    ['access-keys', undefined, ['access-key', 'accessKeys', 'AccessKey', 'ACCESS_KEY', 'access_key', 'Access Key']],
    ['policies', undefined, ['policy', 'policies', 'Policy', 'POLICY', 'policy', 'Policy']],
    ['people', 'person', ['person', 'people', 'Person', 'PERSON', 'person', 'Person']],
    ['media', undefined, ['media', 'media', 'Media', 'MEDIA', 'media', 'Media']],
  ])('names %s (%s)', (name, singular, expected) => {
    const names = stepNames({ vendor: 'acme', class: 'Record', name, ...(singular !== undefined && { singular }) });

    const { camels, Pascal, CONSTANT, snake, Words } = names;
    expect([names.singular, camels, Pascal, CONSTANT, snake, Words]).toEqual(expected);
  });
});

describe('the classes on offer', () => {
  it('ask for no more than a name', () => {
    const { properties } = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8')) as {
      properties: { class: { enum: string[] } };
    };
    const always = ['_class', '_key', '_type', 'displayName', 'name'];
    const asking = properties.class.enum.filter(
      (name) =>
        !(typeboxClassSchemaMap[name as keyof typeof typeboxClassSchemaMap].required ?? []).every((field) =>
          always.includes(field),
        ),
    );

    expect(asking).toEqual([]);
  });
});

function text(path: string): string {
  return tree.read(path, 'utf8') ?? '';
}
