import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { userSchema, type UserRecord } from '../records.js';
import { toUserEntity } from './user.js';

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
