import { createIntegrationEntity, type IntegrationEntityBuilderInput } from '@jupiterone/integration-sdk-core';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildEntity } from './build-entity.js';

type EntityData = IntegrationEntityBuilderInput['entityData'];

const classes = fc.constantFrom<string | string[]>(
  'Host',
  'User',
  ['Account'],
  ['Device', 'Host'],
  ['Finding', 'Vulnerability'],
);
const times = fc.constantFrom('2024-03-01T10:00:00Z', 'yesterday', '', '1709287200000', null, undefined, 0);
const values = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.jsonValue({ maxDepth: 1 }),
);
const tagValues = fc.oneof(fc.constantFrom('true', 'TRUE', '', '12', '1.5', 'Prod'), fc.string());
const tagNames = fc.constantFrom('Name', 'name', 'owner', 'Email', 'team', 'classification', 'empty');
const tags = fc.oneof(
  fc.constantFrom(undefined, null, '', 'a, b ,c', 'one two', []),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(tagNames, tagValues, { maxKeys: 4 }),
  fc.array(fc.record({ Key: tagNames, Value: tagValues }), { maxLength: 3 }),
  fc.array(fc.record({ key: tagNames, value: fc.option(tagValues) }), { maxLength: 3 }),
);
const common = {
  name: values,
  displayName: fc.constantFrom('shown', '', undefined),
  description: values,
  hostname: values,
  ipAddress: values,
  email: values,
  active: fc.constantFrom(true, false, undefined),
  createdOn: fc.constantFrom(1, undefined, null),
  ownerless: values,
};
const sources = fc.option(
  fc.record(
    {
      ...common,
      id: values,
      tags,
      status: fc.constantFrom('active', 'INACTIVE', 'enabled', 'offline', 'Online', 'unknown', '', 0, 7, null),
      createdAt: times,
      creationDate: times,
      creationTime: times,
      creationTimestamp: times,
      ['__proto__']: fc.constant('own'),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);
const assigns = fc
  .record(
    {
      ...common,
      tags: fc.array(fc.string(), { maxLength: 2 }),
      _rawData: fc.uniqueArray(fc.record({ name: fc.constantFrom('default', 'more', 'most'), rawData: fc.object() }), {
        maxLength: 2,
      }),
      ['__proto__']: fc.constant('own'),
      'tag.Team': values,
    },
    { requiredKeys: [] },
  )
  .chain((properties) =>
    classes.map((_class) => ({ ...properties, _key: 'acme_thing:1', _type: 'acme_thing', _class })),
  );
const entityData = fc.record(
  { source: sources, assign: assigns, tagProperties: fc.array(tagNames.map((name) => name.toLowerCase())) },
  { requiredKeys: ['assign'] },
) as unknown as fc.Arbitrary<EntityData>;

/** The entity, or why there is none. */
function outcome(build: typeof createIntegrationEntity, data: EntityData): unknown {
  try {
    const entity = build({ entityData: data });
    return { entity, names: Object.keys(entity).toSorted(), text: JSON.stringify(sortedByName(entity)) };
  } catch (error) {
    return String(error);
  }
}

function sortedByName(entity: object): object {
  return Object.fromEntries(Object.entries(entity).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('buildEntity', () => {
  it("makes exactly the entity that the SDK's builder makes", () => {
    vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', '');

    fc.assert(
      fc.property(entityData, (data) => {
        expect(outcome(buildEntity, structuredClone(data))).toEqual(outcome(createIntegrationEntity, data));
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it.each([
    ['a class without a schema', { source: { a: 1 }, assign: { _class: 'Nonsense' } }, /Nonsense/],
    [
      'two raw data of one name',
      { source: { a: 1 }, assign: { _class: 'Host', _rawData: [{ name: 'default', rawData: {} }] } },
      /Duplicate raw data/,
    ],
  ])('refuses %s', (_case, { source, assign }, message) => {
    const data = { source, assign: { _key: 'acme_thing:1', _type: 'acme_thing', ...assign } };

    expect(() => buildEntity({ entityData: data })).toThrow(message);
  });

  it('leaves it to the SDK where entities are to be validated', () => {
    vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');
    const assign = { _key: 'acme_host:1', _type: 'acme_host', _class: 'HostAgent', name: 'web' };

    expect(() => buildEntity({ entityData: { assign } })).toThrow(/fails to validate as class 'HostAgent'/);
  });
});
