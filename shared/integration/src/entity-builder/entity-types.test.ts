import { typeboxClassSchemaMap } from '@jupiterone/data-model';
import { createIntegrationHelpers } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { Type } from '../schema-type.js';
import { entityTypes } from './entity-types.js';

const ours = entityTypes('acme');
const theirs = createIntegrationHelpers({ integrationName: 'acme', classSchemaMap: typeboxClassSchemaMap });

const definition = {
  resourceName: 'Agent',
  _class: ['HostAgent'] as ['HostAgent'],
  _type: 'acme_agent' as const,
  description: 'A program that watches a server.',
  schema: Type.Object({ version: Type.Optional(Type.String()) }),
  partial: true,
};
const agent = {
  _key: 'acme_agent:1',
  name: 'web',
  displayName: 'web',
  function: ['HIDS' as const],
  lastSeenOn: null,
  version: '1.0',
};

describe('entityTypes', () => {
  it("declares a type as the SDK's helpers do", () => {
    const [expected] = theirs.createEntityMetadata(definition);

    const [metadata] = ours.createEntityMetadata(definition);

    expect({ ...metadata }).toEqual({ ...expected });
    expect(JSON.stringify(metadata.schema)).toBe(JSON.stringify(expected.schema));
    expect(metadata.schema).toBe(metadata.schema);
    expect(ours.createEntityType('agent')).toBe(theirs.createEntityType('agent'));
  });

  it("makes the entity that the SDK's helpers make, out of the object that it is given", () => {
    const [, createTheirs] = theirs.createEntityMetadata(definition);
    const [, createOurs] = ours.createEntityMetadata(definition);
    const properties = { ...agent };

    const entity = createOurs(properties);

    expect(entity).toBe(properties);
    expect(JSON.stringify(entity)).toBe(JSON.stringify(createTheirs({ ...agent })));
  });
});
