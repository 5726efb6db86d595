import { expect, it } from 'vitest';
import { toAccountEntity } from './account.js';

it('makes the account of the configuration', () => {
  expect(toAccountEntity({ orgId: '0f1e2d3c', orgName: 'Acme' })).toEqual({
    _key: 'threatstack:account:0f1e2d3c',
    _type: 'threatstack_account',
    _class: ['Account'],
    name: 'Acme',
    displayName: 'Threat Stack - Acme',
    accountId: '0f1e2d3c',
    vendor: 'Threat Stack',
  });
});
