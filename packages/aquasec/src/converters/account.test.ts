import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { accountSchema } from '../records.js';
import { toAccountEntity } from './account.js';

describe('toAccountEntity', () => {
  const account = recordReader(accountSchema).read({
    id: 16_582,
    created: '2022-11-09T09:16:34.000Z',
    root_user: 'owner@example.com',
    source: 'cloudsploit',
    current_plan: 57,
    trial_end: '2022-11-23T08:29:54.000Z',
    stripe_id: null,
    aws_marketplace_id: '',
    num_allowed_keys: 1,
    csp_enabled: true,
    csp_metadata: { urls: ['not in the schema'] },
    login_timeout: '30',
    restrict_to_ips: null,
    scan_scoring: 'basic',
  });

  it('names the account by its id, for it has no other name', () => {
    expect(toAccountEntity(account ?? { id: 0 }, 'https://cloud.aquasec.com')).toMatchObject({
      _key: 'aquasec_account:16582',
      _type: 'aquasec_account',
      _class: ['Account'],
      id: '16582',
      name: '16582',
      displayName: '16582',
      vendor: 'Aqua Security',
      accessURL: 'https://cloud.aquasec.com',
      manager: 'owner@example.com',
      rootUser: 'owner@example.com',
      createdOn: 1_667_985_394_000,
      trialEnd: 1_669_192_194_000,
      currentPlan: 57,
      numAllowedKeys: 1,
      source: 'cloudsploit',
      cspEnabled: true,
      scanScoring: 'basic',
    });
  });

  it('leaves out what is null, empty or of another type', () => {
    const entity = toAccountEntity(account ?? { id: 0 });

    expect(entity['stripeId']).toBeUndefined();
    expect(entity['awsMarketplaceId']).toBeUndefined();
    expect(entity['loginTimeout']).toBeUndefined();
    expect(entity['restrictToIps']).toBeUndefined();
    expect(entity['webLink']).toBeUndefined();
  });

  it('keeps raw data to the fields of the schema', () => {
    expect(JSON.stringify(toAccountEntity(account ?? { id: 0 })._rawData)).not.toContain('csp_metadata');
  });
});
