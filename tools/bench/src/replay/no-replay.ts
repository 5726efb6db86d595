import { request } from 'undici';
import type { Replay } from './start-replay.js';

/** A simulator that answers by itself, at its own pace, where the byte server could stand; it counts its requests itself. */
export function noReplay(simulatorUrl: string): Replay {
  const traffic = new URL('/__simulator/traffic', simulatorUrl);
  return {
    baseUrl: simulatorUrl,
    async next() {
      const { body } = await request(traffic);
      const { count, peakInFlight } = (await body.json()) as { count: number; peakInFlight: number };
      await (await request(traffic, { method: 'DELETE' })).body.dump();
      return { requests: count, peakInFlight };
    },
    close: async () => undefined,
  };
}
