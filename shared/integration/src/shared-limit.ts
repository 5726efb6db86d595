import type { IntegrationLogger } from '@jupiterone/integration-sdk-core';
import type { SharedLimit } from '@vendor-graph/flow-control';
import { SocketRateLimitStore } from './socket-rate-limit-store.js';

/** Says where this process finds the limits that it keeps together with others, as the path of a socket. */
export const RATE_LIMIT_SOCKET_VARIABLE = 'VENDOR_GRAPH_RATE_LIMIT_SOCKET';

/**
 * The limit of a vendor's organization or account as the execution's surroundings keep it; undefined where nobody does,
 * which is the rule: then a limiter counts for itself.
 *
 * @param key tells one organization from another; not a secret
 */
export function sharedLimit(
  vendor: string,
  key: string,
  logger: Pick<IntegrationLogger, 'warn' | 'info'>,
  env: Readonly<NodeJS.ProcessEnv>,
): SharedLimit | undefined {
  const socketPath = env[RATE_LIMIT_SOCKET_VARIABLE] ?? '';
  if (socketPath === '') return undefined;
  return {
    store: new SocketRateLimitStore(socketPath),
    key: `${vendor}/${key}`,
    onAlone: (fairShare) => {
      logger.warn(
        { fairShare },
        'The rate limit that is shared with other processes cannot be reached; this run keeps to its fair share.',
      );
    },
    onTogether: () => {
      logger.info('The rate limit is shared with other processes again.');
    },
  };
}
