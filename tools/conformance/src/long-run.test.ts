import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { simulatedRun } from './run/simulated-run.js';
import { loadVendors } from './vendors.js';
import { WIRE_FAULTS } from './wire/wire-faults.js';
import type { WireFault } from './wire/wire-proxy.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const REQUESTS = 10_000;
/** Code and pools are warm then. */
const WARM_UP = 3_000;
const MEBIBYTE = 1024 * 1024;
/** Each so manieth request meets a fault. */
const EVERY = 7;

const vendors = await loadVendors();
/** Those after which a request is sent again. */
const faults = WIRE_FAULTS.filter(({ once, hitsAll }) => once === 'complete' && hitsAll !== true);

it(
  'gives back sockets, timers, listeners and memory after 10,000 requests with faults',
  { timeout: 600_000 },
  async () => {
    let requests = 0;
    const collectUntil = async (many: number): Promise<void> => {
      for (let round = 0; requests < many; round += 1) {
        for (const vendor of vendors) {
          const { small, pagedLists = [] } = { ...vendor.simulator.samples };
          const [list] = pagedLists;
          // Where nothing is paged there are few requests to a collection.
          if (list === undefined && round % 5 !== 0) continue;
          const long = list === undefined ? {} : { ...list.options, [list.length]: 40 * list.pageSize };
          let seen = round;
          const run = await simulatedRun(vendor, {
            simulator: { ...small, ...long },
            schedule: (): WireFault | undefined => {
              seen += 1;
              return seen % EVERY === 0 ? faults[(seen / EVERY) % faults.length]?.strike : undefined;
            },
          });
          requests += run.requests.length;
        }
      }
    };

    await collectUntil(WARM_UP);
    const listenersBefore = listeners();
    const handlesBefore = handles();
    const heapBefore = await settledHeap();
    await collectUntil(REQUESTS);
    const grownBytes = (await settledHeap()) - heapBefore;

    expect(requests).toBeGreaterThanOrEqual(REQUESTS);
    expect(grownBytes).toBeLessThan(5 * MEBIBYTE);
    expect(Object.entries(handles()).filter(([kind, count]) => count > (handlesBefore[kind] ?? 0))).toEqual([]);
    expect(listeners()).toEqual(listenersBefore);
  },
);

/** What keeps a process alive, by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function listeners(): Record<string, number> {
  return Object.fromEntries(process.eventNames().map((event) => [String(event), process.listenerCount(event)]));
}

async function settledHeap(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
