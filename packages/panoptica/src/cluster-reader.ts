import { recordReader } from '@vendor-graph/integration';
import { agentSchema, clusterSchema, type Cluster } from './records.js';

const clusters = recordReader(clusterSchema);
const agents = recordReader(agentSchema);

/**
 * Reads a row of the cluster list: the cluster itself, as it was until 2022, or `{ KubernetesCluster, Agent }`, as the API
 * document has had it since. Undefined when there is no id. What the service tells of secrets is not in the schemas; the
 * one that hides in a field that is read, in the address of the proxy, is cut out here.
 */
export function readCluster(row: unknown): Cluster | undefined {
  const { KubernetesCluster: wrapped, Agent: agentRow } = isObject(row) ? row : {};
  const cluster = clusters.read(wrapped ?? row);
  if (cluster === undefined) return undefined;
  const proxy = cluster.proxyConfiguration;
  if (proxy?.httpsProxy !== undefined) proxy.httpsProxy = withoutCredentials(proxy.httpsProxy);
  const agent = wrapped == null ? undefined : agents.read(agentRow);
  return agent === undefined ? { cluster } : { cluster, agent };
}

/** Takes too much rather than too little: a password may hold any character, also those that end a host name. */
function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
