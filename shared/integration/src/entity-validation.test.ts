import { createIntegrationEntity } from '@jupiterone/integration-sdk-core';
import { registerMatchers } from '@jupiterone/integration-sdk-testing';
import { describe, expect, it, vi } from 'vitest';

registerMatchers(expect);

const agent = {
  _key: 'acme_agent:1',
  _type: 'acme_agent',
  _class: 'HostAgent',
  name: 'web',
  displayName: 'web',
  function: ['HIDS'],
  lastSeenOn: null,
};
const metadata = {
  resourceName: 'Agent',
  _type: 'acme_agent',
  _class: ['HostAgent'],
  schema: {
    $id: '#acme_agent',
    allOf: [{ $ref: '#HostAgent' }, { properties: { version: { type: 'string' } }, required: ['version'] }],
  },
};

describe("the SDK's validation of entities", () => {
  it('refuses an entity that its class does not allow, and says why', () => {
    vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');

    expect(createIntegrationEntity({ entityData: { assign: agent } })).toMatchObject({ _class: ['HostAgent'] });
    expect(() => createIntegrationEntity({ entityData: { assign: { ...agent, function: undefined } } })).toThrow(
      /fails to validate as class 'HostAgent'[^]*"property": "function"/,
    );
  });

  it('refuses a class that does not exist', () => {
    vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');

    expect(() =>
      createIntegrationEntity({ entityData: { assign: { ...agent, _class: ['HostAgent', 'Nonsense'] } } }),
    ).toThrow(/Nonsense/);
  });

  it("matches entities against the schema of their type, with the SDK's matcher", () => {
    const entity = { ...agent, _class: ['HostAgent'], version: '1.0' };

    expect(entity).toMatchDataModelSchema(metadata);
    expect({ ...entity, version: 1 }).not.toMatchDataModelSchema(metadata);
    expect({ ...entity, lastSeenOn: 'yesterday' }).not.toMatchDataModelSchema(metadata);
  });
});
