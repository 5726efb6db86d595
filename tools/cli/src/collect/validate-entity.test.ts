import { describe, expect, it } from 'vitest';
import { validateEntity } from './validate-entity.js';

const agent = {
  _key: 'acme_agent:1',
  _type: 'acme_agent',
  _class: ['HostAgent'],
  name: 'web',
  displayName: 'web',
  function: ['HIDS'],
  lastSeenOn: null,
};

describe('validateEntity', () => {
  it('takes an entity as its class wants it, and leaves it as it is', () => {
    const entity = { ...agent, tags: ['kept'] };

    validateEntity(entity);

    expect(entity).toEqual({ ...agent, tags: ['kept'] });
    expect(process.env).not.toHaveProperty('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION');
  });

  it('refuses one that its class does not allow, and says which, and why', () => {
    expect(() => {
      validateEntity({ ...agent, function: 'HIDS' });
    }).toThrow(/^acme_agent:1: Entity fails to validate as class 'HostAgent'[^]*"property": "function"/);
  });
});
