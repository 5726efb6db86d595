import type { Entity } from '@jupiterone/integration-sdk-core';
import { text } from '@vendor-graph/integration';
import { ACCOUNT, createAccount } from '../data-model.js';
import type { Cluster, CurrentUser, UsageStatus, User } from '../records.js';

/** What is known of the account: no endpoint describes it, so it is put together from several. */
export interface AccountSources {
  /** The service user's access key, which is also its user id. */
  accessKey: string;
  users: readonly User[];
  /** Undefined: they could not be read. */
  clusters?: readonly Cluster[];
  /** What `GET /me` says, where the service answers it. */
  currentUser?: CurrentUser;
  /** What `/me` or `/account/usageStatus` says. */
  usage?: UsageStatus;
  instance: { id: string; name: string };
}

/**
 * The account entity. Its key comes from the id that all users of the account carry, so that renaming the instance
 * changes nothing; where nobody has one, from the instance's id.
 */
export function toAccountEntity({ accessKey, users, clusters, currentUser, usage, instance }: AccountSources): Entity {
  const accountId = accountIdOf(accessKey, users) ?? instance.id;
  const name = accountNameIn(clusters) ?? text(instance.name) ?? accountId;
  return createAccount({
    _key: `${ACCOUNT._type}:${accountId}`,
    name,
    displayName: name,
    vendor: 'Cisco Panoptica',
    accountId,
    accountTier: text(currentUser?.accountTier),
    pricingUnitType: text(currentUser?.pricingUnitType),
    permissionsMode: text(currentUser?.permissionsMode),
    apiSecurity: text(currentUser?.apiSecurity),
    serverlessSecurity: text(currentUser?.serverlessSecurity),
    usageStatusCurrentNodesUsage: usage?.currentNodesUsage ?? nodesOf(clusters),
    usageStatusMaxNodes: usage?.maxNodes,
    usageStatusCurrentClustersUsage: usage?.currentClustersUsage ?? clusters?.length,
    usageStatusMaxClusters: usage?.maxClusters,
  });
}

function accountIdOf(accessKey: string, users: readonly User[]): string | undefined {
  const self = users.find(({ id }) => id.toLowerCase() === accessKey.toLowerCase());
  return text(self?.accountId) ?? users.map(({ accountId }) => text(accountId)).find((id) => id !== undefined);
}

function accountNameIn(clusters: readonly Cluster[] = []): string | undefined {
  // The service's order is not stable; the smallest name is the same in each run.
  return clusters
    .map(({ cluster }) => text(cluster.accountName))
    .filter((name) => name !== undefined)
    .sort()[0];
}

function nodesOf(clusters: readonly Cluster[] = []): number | undefined {
  const counts = clusters.map(({ agent }) => agent?.nodes).filter((nodes) => nodes !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, nodes) => sum + nodes, 0);
}
