import { describe, expect, it } from 'vitest';
import type { Cluster } from '../records.js';
import { toAccountEntity, type AccountSources } from './account.js';

const ACCESS_KEY = '0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42';
const NOTHING: AccountSources = {
  accessKey: ACCESS_KEY,
  users: [],
  clusters: [],
  instance: { id: 'instance-id', name: 'My instance' },
};

function cluster(accountName?: string, nodes?: number): Cluster {
  return { cluster: { id: 'c', accountName }, ...(nodes === undefined ? {} : { agent: { nodes } }) };
}

describe('toAccountEntity', () => {
  it('has everything that the account tells of itself', () => {
    const usage = { currentNodesUsage: 6, maxNodes: 200, currentClustersUsage: 2, maxClusters: 20 };

    const entity = toAccountEntity({
      ...NOTHING,
      users: [{ id: ACCESS_KEY, accountId: 'account-1' }],
      clusters: [cluster('Example Corp', 99)],
      currentUser: {
        permissionsMode: 'NORMAL',
        accountTier: 'TRIAL',
        pricingUnitType: 'POD',
        apiSecurity: 'ENABLED',
        serverlessSecurity: 'DISABLED',
        usageStatus: usage,
      },
      usage,
    });

    expect(entity).toEqual({
      _key: 'panoptica_account:account-1',
      _type: 'panoptica_account',
      _class: ['Account'],
      name: 'Example Corp',
      displayName: 'Example Corp',
      vendor: 'Cisco Panoptica',
      accountId: 'account-1',
      accountTier: 'TRIAL',
      pricingUnitType: 'POD',
      permissionsMode: 'NORMAL',
      apiSecurity: 'ENABLED',
      serverlessSecurity: 'DISABLED',
      usageStatusCurrentNodesUsage: 6,
      usageStatusMaxNodes: 200,
      usageStatusCurrentClustersUsage: 2,
      usageStatusMaxClusters: 20,
    });
  });

  it.each<[string, Partial<AccountSources>, string]>([
    [
      'the user of the access key',
      {
        users: [
          { id: 'x', accountId: 'other' },
          { id: ACCESS_KEY.toUpperCase(), accountId: 'own' },
        ],
      },
      'own',
    ],
    [
      'the first user that has one',
      { users: [{ id: 'x' }, { id: 'y', accountId: 'first' }, { id: 'z', accountId: 'second' }] },
      'first',
    ],
    ['the first user when its own has none', { users: [{ id: ACCESS_KEY }, { id: 'y', accountId: 'first' }] }, 'first'],
    ['the instance when no user has one', { users: [{ id: 'x' }] }, 'instance-id'],
  ])('takes its id from %s', (_from, sources, accountId) => {
    expect(toAccountEntity({ ...NOTHING, ...sources })).toMatchObject({
      _key: `panoptica_account:${accountId}`,
      accountId,
    });
  });

  it.each<[string, Partial<AccountSources>, string]>([
    ['the clusters, whatever their order', { clusters: [cluster('B'), cluster(), cluster(' '), cluster('A')] }, 'A'],
    ['the instance', { clusters: [cluster()] }, 'My instance'],
    ['the instance when there are no clusters to ask', { clusters: undefined }, 'My instance'],
    ['the id when nothing has a name', { instance: { id: 'instance-id', name: '' } }, 'instance-id'],
  ])('takes its name from %s', (_from, sources, name) => {
    expect(toAccountEntity({ ...NOTHING, ...sources })).toMatchObject({ name, displayName: name });
  });

  it.each<[string, Partial<AccountSources>, number | undefined, number | undefined]>([
    ['what is told', { usage: { currentNodesUsage: 0, currentClustersUsage: 0 }, clusters: [cluster('A', 4)] }, 0, 0],
    ['the clusters', { clusters: [cluster('A', 4), cluster('A', 5), cluster()] }, 9, 3],
    ['clusters without agents', { clusters: [cluster(), cluster()] }, undefined, 2],
    ['nothing', { clusters: undefined }, undefined, undefined],
  ])('counts nodes and clusters by %s', (_by, sources, nodes, clusters) => {
    const entity = toAccountEntity({ ...NOTHING, ...sources });

    expect([entity['usageStatusCurrentNodesUsage'], entity['usageStatusCurrentClustersUsage']]).toEqual([
      nodes,
      clusters,
    ]);
  });
});
