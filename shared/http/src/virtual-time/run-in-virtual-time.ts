import type { VirtualClock } from '@vendor-graph/flow-control/testing';
import { RequestsUnderWay } from './requests-under-way.js';

/**
 * Runs work that sends requests to a server on loopback, on a virtual clock: it stands still while a request of any client
 * of this process is under way, and jumps to the next waiter otherwise. A wait of an hour takes no time.
 *
 * @param clock also the clock of the clients
 * @param options.stalledAfterMs time goes on although requests are under way, when no client has told anything for so many
 *   real milliseconds; for work whose time-outs are to run out while a server is silent. Without it, time never does
 */
export async function runInVirtualTime<T>(
  clock: VirtualClock,
  work: () => Promise<T>,
  { stalledAfterMs = Infinity }: { stalledAfterMs?: number } = {},
): Promise<T> {
  const requests = new RequestsUnderWay();
  try {
    return await clock.run(work, { busy: () => requests.count > 0 && requests.quietMs < stalledAfterMs });
  } finally {
    requests.stop();
  }
}
