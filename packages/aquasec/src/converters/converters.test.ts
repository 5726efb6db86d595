import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import {
  accountSchema,
  apiKeySchema,
  cloudAccountSchema,
  userSchema,
  type ApiKeyRecord,
  type UserRecord,
} from '../records.js';
import { toAccountEntity } from './account.js';
import { toApiKeyEntity } from './api-key.js';
import { toCloudAccountEntity } from './cloud-account.js';
import { toGroupEntity } from './group.js';
import { toUserEntity } from './user.js';

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

describe('toGroupEntity', () => {
  it.each([
    [{ id: 12_022, name: 'Default', created: '2021-10-09T00:36:24.000Z' }, 'Default', 1_633_739_784_000],
    [{ id: 12_028 }, '12028', undefined],
    [{ id: 12_029, name: ' ' }, '12029', undefined],
  ])('converts %j', (group, name, createdOn) => {
    expect(toGroupEntity(group)).toMatchObject({
      _key: `aquasec_group:${group.id}`,
      name,
      displayName: name,
      createdOn,
    });
  });
});

describe('toUserEntity', () => {
  it('converts an unconfirmed administrator', () => {
    const { _rawData, ...entity } = toUserEntity({
      id: 501,
      email: 'ana.b+ops@example.com',
      confirmed: false,
      account_admin: true,
      created: '2023-03-01T10:00:00.000Z',
    });

    expect(JSON.parse(JSON.stringify(entity))).toEqual({
      _key: 'aquasec_user:501',
      _type: 'aquasec_user',
      _class: ['User'],
      id: '501',
      name: 'ana.b+ops@example.com',
      displayName: 'ana.b+ops@example.com',
      username: ['ana.b+ops@example.com'],
      email: ['ana.b+ops@example.com'],
      shortLoginId: ['ana.b+ops'],
      emailDomain: ['example.com'],
      firstName: null,
      lastName: null,
      admin: true,
      isAdmin: true,
      confirmed: false,
      active: false,
      isActive: false,
      createdOn: 1_677_664_800_000,
    });
    expect(_rawData?.[0]?.rawData).toHaveProperty('confirmed', false);
  });

  it.each<[Partial<UserRecord>, object]>([
    [{ email: 'Ana@Example.COM' }, { email: ['Ana@Example.COM'], emailDomain: ['example.com'], shortLoginId: ['Ana'] }],
    [{ email: 'local' }, { username: ['local'], email: null, shortLoginId: ['local'], emailDomain: undefined }],
    [{ email: '"a@b"@example.com' }, { email: null, shortLoginId: ['"a@b"'], emailDomain: ['example.com'] }],
    [{}, { name: 'user 7', username: null, email: null, shortLoginId: null, emailDomain: undefined }],
    [{}, { admin: false, isAdmin: false, active: undefined, isActive: undefined }],
    [{ csp_roles: ['reader', { name: 'auditor' }] }, { cspRoles: ['reader', 'auditor'] }],
    [
      { mfa_enabled: false, count_failed_signin: 2 },
      { isMfaEnabled: false, failedSigninCount: 2 },
    ],
  ])('converts %j', (user, expected) => {
    expect(toUserEntity({ id: 7, ...user })).toMatchObject(expected);
  });

  it('never stores sign-ins', () => {
    const user = recordReader(userSchema).read({ id: 7, logins: [{ ip: '192.0.2.77' }] });

    expect(JSON.stringify(toUserEntity(user ?? { id: 0 }))).not.toContain('192.0.2.77');
  });
});

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

describe('toCloudAccountEntity', () => {
  it('takes the AWS account out of the role and leaves the external id behind', () => {
    const record = recordReader(cloudAccountSchema).read({
      id: 7_001,
      name: 'production',
      cloud: 'aws',
      role_arn: 'arn:aws:iam::123456789012:role/aqua',
      external_id: 'canary',
    });
    const entity = toCloudAccountEntity(record ?? { id: 0 });

    expect(entity).toMatchObject({ vendor: 'AWS', awsAccountId: '123456789012', name: 'production' });
    expect(JSON.stringify(entity)).not.toContain('canary');
  });

  it('does without a name, a cloud and a role', () => {
    expect(toCloudAccountEntity({ id: 7_001 })).toMatchObject({
      name: '7001',
      vendor: 'unknown',
      awsAccountId: undefined,
    });
  });
});
