import { describe, expect, it } from 'vitest';
import { toUserEntity } from './user.js';

const ID = '5d2f3c80-4a62-4a11-9d5c-2f1f7d2f9b10';

describe('toUserEntity', () => {
  it('makes an entity of a full record', () => {
    const { _rawData, ...entity } = toUserEntity({
      id: ID,
      client_id: 'a72b7a35-d1d0-4aec-890f-7c8d8a580cf4',
      name: 'Not used',
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'Ada.Lovelace@Example.com',
      created_at: 1644261959,
      updated_at: 1645735452,
      client_admin: false,
      org_default_role: 'annotator',
      org_roles: { '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01': 'viewer' },
      reset_token_expiration: 0,
      invite_token_expiration: 1645735452,
      last_login_ip: '192.0.2.10',
      last_login_at: 1645735450,
      last_login_ua: 'Mozilla/5.0',
      last_activity_at: 1645735451,
      last_action_at: 1645735452,
      sso_only: true,
      login_failures: 2,
      actions: 123456,
      sso_group_mappings: [],
      mfa_enabled: true,
    });

    expect(JSON.parse(JSON.stringify(entity))).toEqual({
      _type: 'rumble_user',
      _class: ['User'],
      _key: ID,
      id: ID,
      name: 'Ada Lovelace',
      displayName: 'Ada Lovelace',
      firstName: 'Ada',
      lastName: 'Lovelace',
      username: ['Ada.Lovelace@Example.com'],
      email: ['Ada.Lovelace@Example.com'],
      shortLoginId: ['Ada.Lovelace'],
      emailDomain: ['Example.com'],
      admin: false,
      isAdmin: false,
      superuser: false,
      orgDefaultRole: 'annotator',
      createdOn: 1644261959000,
      updatedOn: 1645735452000,
      inviteTokenExpiration: 1645735452000,
      invitePending: false,
      lastLoginAt: 1645735450000,
      lastLoginIP: '192.0.2.10',
      lastLoginUa: 'Mozilla/5.0',
      lastActivityAt: 1645735451000,
      lastActionAt: 1645735452000,
      ssoOnly: true,
      loginFailures: 2,
      actions: 123456,
      isMfaEnabled: true,
      mfaEnabled: true,
      active: true,
    });
    expect(_rawData).toHaveLength(1);
  });

  it.each([
    [{ first_name: 'Ada', last_name: 'Lovelace', name: 'X' }, 'Ada Lovelace'],
    [{ first_name: 'Ada', last_name: '' }, 'Ada'],
    [{ last_name: 'Lovelace', name: 'X' }, 'Lovelace'],
    [{ name: 'Full Name', email: 'a@example.com' }, 'Full Name'],
    [{ name: ' ', email: 'a@example.com' }, 'a@example.com'],
    [{}, ID],
  ])('is called by %j: %s', (fields, name) => {
    expect(toUserEntity({ id: ID, ...fields })).toMatchObject({ name, displayName: name });
  });

  it.each([
    ['a@example.com', ['a@example.com'], ['a@example.com'], ['a'], ['example.com']],
    [' a@example.com ', ['a@example.com'], ['a@example.com'], ['a'], ['example.com']],
    ['not an address', ['not an address'], null, null, null],
    ['a@', ['a@'], null, ['a'], null],
    ['@example.com', ['@example.com'], null, null, ['example.com']],
    ['a@b@example.com', ['a@b@example.com'], null, ['a@b'], ['example.com']],
    ['', null, null, null, null],
    [undefined, null, null, null, null],
  ])('takes the address %j apart', (address, username, email, shortLoginId, emailDomain) => {
    expect(toUserEntity({ id: ID, ...(address === undefined ? {} : { email: address }) })).toMatchObject({
      username,
      email,
      shortLoginId,
      emailDomain,
    });
  });

  it.each([
    [{ client_admin: true, org_default_role: '' }, true, true],
    [{ client_admin: false, org_default_role: 'admin' }, true, false],
    [{ client_admin: false, org_default_role: 'user' }, false, false],
    [{}, false, undefined],
  ])('of %j: admin %j, superuser %j', (fields, admin, superuser) => {
    expect(toUserEntity({ id: ID, ...fields })).toMatchObject({ admin, isAdmin: admin, superuser });
  });

  it.each([
    [{ invite_token_expiration: 1645735452, last_login_at: 0 }, true],
    [{ invite_token_expiration: 1645735452, last_login_at: 1645735452 }, false],
    [{ invite_token_expiration: 0, last_login_at: 0 }, false],
  ])('of %j: still invited %j', (fields, invitePending) => {
    expect(toUserEntity({ id: ID, ...fields })).toMatchObject({ invitePending });
  });
});
