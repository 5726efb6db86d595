import { withQueue } from '../commands/with-queue.js';
import { lastResults } from '../queue/last-results.js';
import { fleetStatus } from './fleet-status.js';
import { statusTable } from './status-table.js';

/** `vendor-graph fleet status`: returns the output. */
export async function runStatus(json: boolean): Promise<string> {
  const status = await withQueue(async (queue, redis) => fleetStatus(queue, await lastResults(redis)));
  return json ? `${JSON.stringify(status)}\n` : statusTable(status);
}
