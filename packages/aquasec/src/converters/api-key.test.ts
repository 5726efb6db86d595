import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { apiKeySchema, type ApiKeyRecord } from '../records.js';
import { toApiKeyEntity } from './api-key.js';

describe('toApiKeyEntity', () => {
  it('is named by the public identifier and links to the console', () => {
    expect(toApiKeyEntity({ id: 901, access_key: 'AKEXAMPLE', owner: 501 }, 'https://cloud.aquasec.com')).toMatchObject(
      {
        _key: 'aquasec_api_key:901',
        name: 'AKEXAMPLE',
        owner: '501',
        usage: 'api',
        webLink: 'https://cloud.aquasec.com/cspm/#/apikeys',
      },
    );
  });

  it.each<[Partial<ApiKeyRecord>, object]>([
    [{}, { name: '901', webLink: undefined, owner: undefined, groupId: undefined, ipAddresses: undefined }],
    [
      { account_id: 10_630, group_id: 12_022 },
      { accountId: 10_630, groupId: 12_022 },
    ],
    [{ expiration: 30 }, { expiration: 30, expiresOn: undefined }],
    [{ expiration: 1_900_000_000 }, { expiresOn: 1_900_000_000_000 }],
    [{ expiration: 1_900_000_000_000 }, { expiresOn: 1_900_000_000_000 }],
    [{ enabled: false }, { active: false }],
  ])('converts %j', (apiKey, expected) => {
    expect(toApiKeyEntity({ id: 901, ...apiKey })).toMatchObject(expected);
  });

  it('never stores a secret', () => {
    const apiKey = recordReader(apiKeySchema).read({ id: 901, secret: 'canary', private_key: 'canary' });

    expect(JSON.stringify(toApiKeyEntity(apiKey ?? { id: 0 }))).not.toContain('canary');
  });
});
