import { describe, expect, it } from 'vitest';
import type { User } from '../records.js';
import { toUserEntity } from './user.js';

const ID = 'b1d9c2f0-0000-4000-8000-000000000001';

describe('toUserEntity', () => {
  it('has a person with everything that is known', () => {
    const user: User = {
      id: ID,
      accountId: 'account-1',
      lastLogin: '2022-05-10T18:59:08.178Z',
      fullName: 'Ada King Lovelace',
      description: 'Analyst',
      status: 'ENABLED',
      role: 'ACCOUNT_ADMIN',
      normalizedRole: 'Administrator',
      email: 'ada.lovelace@example.com',
    };

    expect(toUserEntity(user)).toEqual({
      _key: `panoptica_user:${ID}`,
      _type: 'panoptica_user',
      _class: ['User'],
      id: ID,
      accountId: 'account-1',
      name: 'Ada King Lovelace',
      displayName: 'Ada King Lovelace',
      username: ['Ada King Lovelace'],
      fullName: 'Ada King Lovelace',
      email: ['ada.lovelace@example.com'],
      emailDomain: ['example.com'],
      shortLoginId: ['ada.lovelace'],
      firstName: 'Ada',
      lastName: 'King Lovelace',
      description: 'Analyst',
      lastLogin: 1_652_209_148_178,
      status: 'ENABLED',
      active: true,
      isActive: true,
      role: 'ACCOUNT_ADMIN',
      normalizedRole: 'Administrator',
      isAdmin: true,
      isPerson: true,
      _rawData: [{ name: 'default', rawData: user }],
    });
  });

  it.each([
    ['ACCOUNT_ADMIN', true, true],
    ['PORTSHIFT_ADMIN', true, true],
    ['LIGHTSPIN_ADMIN', true, true],
    ['ACCOUNT_AUDITOR', false, true],
    ['CISCO_SUBSCRIBER', false, true],
    ['SERVICE', false, false],
    ['CI_CD_SCANNER', false, false],
    ['SELF_PROVISIONING', false, false],
    [undefined, undefined, undefined],
  ])('knows of the role %s whether it is an administrator (%s) and a person (%s)', (role, isAdmin, isPerson) => {
    const entity = toUserEntity({ id: ID, role, fullName: 'Graph Collector' });

    expect([entity['isAdmin'], entity['isPerson']]).toEqual([isAdmin, isPerson]);
    expect([entity['firstName'], entity['lastName']]).toEqual(
      isPerson === true ? ['Graph', 'Collector'] : [null, null],
    );
  });

  it.each([
    ['ENABLED', true],
    ['DISABLED', false],
    [undefined, undefined],
  ])('with the status %s is active: %s', (status, active) => {
    expect(toUserEntity({ id: ID, status })).toMatchObject({ active, isActive: active });
  });

  it.each([
    [undefined, null],
    ['', null],
    ['not an address', null],
    [' ada@example.com ', ['ada@example.com']],
  ])('of the e-mail address "%s" has %j', (email, expected) => {
    expect(toUserEntity({ id: ID, email })['email']).toEqual(expected);
  });

  it('has a person of one name without a last name', () => {
    expect(toUserEntity({ id: ID, role: 'ACCOUNT_AUDITOR', fullName: ' Cher ' })).toMatchObject({
      firstName: 'Cher',
      lastName: null,
      username: ['Cher'],
    });
  });

  it.each([
    [{ email: 'someone' }, 'someone'],
    [{}, ID],
  ])('has a name even for %j', (user, name) => {
    expect(toUserEntity({ id: ID, ...user })).toMatchObject({ name, displayName: name, username: null });
  });
});
