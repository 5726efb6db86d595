import { RelationshipClass, RelationshipDirection, type IntegrationStep } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { declaredModel } from './declared-model.js';

const ACCOUNT = { resourceName: 'Account', _type: 'acme_account', _class: 'Account' };
const API_KEY = { resourceName: 'API Key', _type: 'acme_key', _class: ['AccessKey', 'Key'] };
const HAS_KEY = {
  _type: 'acme_account_has_key',
  _class: RelationshipClass.HAS,
  sourceType: 'acme_account',
  targetType: 'acme_key',
};
const KEY_IS_CVE = {
  _type: 'acme_key_is_cve',
  _class: RelationshipClass.IS,
  sourceType: 'acme_key',
  targetType: 'cve',
  direction: RelationshipDirection.REVERSE,
};

function step(id: string, more: Partial<IntegrationStep>): IntegrationStep {
  return { id, name: id, entities: [], relationships: [], executionHandler: () => Promise.resolve(), ...more };
}

describe('declaredModel', () => {
  it('names each type and relationship once, sorted as JupiterOne does', () => {
    const steps = [
      step('a', { entities: [ACCOUNT] }),
      step('b', { entities: [API_KEY, ACCOUNT], relationships: [HAS_KEY], mappedRelationships: [KEY_IS_CVE] }),
      step('c', { relationships: [HAS_KEY] }),
    ];

    expect(declaredModel({ integrationSteps: steps })).toEqual([
      {
        entities: [
          { resourceName: 'API Key', type: 'acme_key', classes: ['AccessKey', 'Key'] },
          { resourceName: 'Account', type: 'acme_account', classes: ['Account'] },
        ],
        relationships: [{ sourceType: 'acme_account', class: 'HAS', targetType: 'acme_key' }],
        mappedRelationships: [{ sourceType: 'acme_key', class: 'IS', targetType: 'cve', direction: 'REVERSE' }],
      },
    ]);
  });

  it('puts what only an optional source brings after the rest', () => {
    const steps = [
      step('keys', { entities: [API_KEY, ACCOUNT], relationships: [HAS_KEY], ingestionSourceId: 'keys' }),
      step('account', { entities: [ACCOUNT] }),
    ];
    const ingestionConfig = { keys: { title: 'Keys', description: 'All keys.', defaultsToDisabled: true } };

    const [always, optional, ...rest] = declaredModel({ integrationSteps: steps, ingestionConfig });

    expect(rest).toEqual([]);
    expect(always?.entities.map(({ type }) => type)).toEqual(['acme_account']);
    expect(optional).toMatchObject({
      source: { id: 'keys', title: 'Keys', description: 'All keys.' },
      entities: [{ type: 'acme_key' }],
      relationships: [{ targetType: 'acme_key' }],
    });
  });

  it('counts a source that is on by default as always collected', () => {
    const steps = [step('keys', { entities: [API_KEY], ingestionSourceId: 'keys' })];

    const parts = declaredModel({ integrationSteps: steps, ingestionConfig: { keys: { title: 'Keys' } } });

    expect(parts).toHaveLength(1);
    expect(parts[0]?.entities).toHaveLength(1);
  });
});
