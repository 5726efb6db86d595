import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromReplay, ToReplay } from './protocol.js';

/** The built program; a child process runs what `tsc` made, also when this file is run from its source. */
const PROGRAM = fileURLToPath(new URL('../../dist/replay/replay-server.js', import.meta.url));

/** What came in at a server. */
export interface Traffic {
  requests: number;
  peakInFlight: number;
}

/** A running byte server. */
export interface Replay {
  /** The simulator's address, at the byte server. */
  readonly baseUrl: string;
  /** Sets the latency of the answers from now on, and gives the traffic since the last call. */
  next(latencyMs: number): Promise<Traffic>;
  /** Ends it; resolves when its answers are off the disk. */
  close(): Promise<void>;
}

/** Starts a byte server in front of a simulator. */
export async function startReplay(simulatorUrl: string): Promise<Replay> {
  const child = fork(PROGRAM, [simulatorUrl], { execArgv: [] });
  const [ready] = (await once(child, 'message')) as [FromReplay];
  if (ready.type !== 'ready') throw new Error('the byte server did not start');
  const url = new URL(simulatorUrl);
  url.port = String(ready.port);
  return {
    baseUrl: url.href.replace(/\/$/, ''),
    async next(latencyMs) {
      const answered = once(child, 'message') as Promise<[FromReplay]>;
      child.send({ latencyMs } satisfies ToReplay);
      const [traffic] = await answered;
      if (traffic.type !== 'traffic') throw new Error('the byte server told something else than its traffic');
      return { requests: traffic.requests, peakInFlight: traffic.peakInFlight };
    },
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
