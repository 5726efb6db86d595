import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SimulatorCredentials } from './kit/simulator.js';
import type { StartOptions } from './registry.js';
import type { ParentMessage, SpawnedMessage } from './spawned-message.js';

/** The built program; a child process runs what `tsc` made, also when this file is run from its source. */
const PROGRAM = fileURLToPath(new URL('../dist/spawned.js', import.meta.url));
/** A child that has not ended of itself after so many milliseconds is ended. */
const PATIENCE_MS = 5_000;

/** A simulator in a process of its own. Its faults and counters are behind `/__simulator` on its origin. */
export interface SpawnedSimulator {
  readonly vendor: string;
  readonly baseUrl: string;
  readonly credentials: SimulatorCredentials;
  /** Ends the process; resolves when it is gone. */
  close(): Promise<void>;
}

/** A clock cannot travel to another process; an offset can. */
export type SpawnOptions<Vendor extends string> = Omit<StartOptions<Vendor>, 'clock'>;

/**
 * Starts a vendor's simulator in a child process, so that client and server share neither a thread nor a heap. The child
 * ignores the signals of a terminal, does not keep this process alive and ends with it, however that ends.
 *
 * Throws an Error with the reason when the simulators are not built or the child cannot start, for instance because of
 * an unknown vendor or option.
 */
export async function spawnSimulator<Vendor extends string>(
  vendor: Vendor,
  options?: SpawnOptions<Vendor>,
): Promise<SpawnedSimulator> {
  if (!existsSync(PROGRAM)) {
    throw new Error(`The simulators are not built (${PROGRAM} is missing): run "npx nx build simulators" first.`);
  }
  const child = fork(PROGRAM, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answer = firstMessage(child);
  tell(child, { type: 'start', vendor, options: { ...options } });
  const started = await answer;
  if (started.type === 'failed') {
    await end(child);
    throw new Error(`The ${vendor} simulator did not start: ${started.message}`);
  }
  // From here on it must not keep this process alive.
  child.unref();
  child.channel?.unref();
  return {
    vendor,
    baseUrl: started.baseUrl,
    credentials: started.credentials,
    close: async () => end(child),
  };
}

async function firstMessage(child: ChildProcess): Promise<SpawnedMessage> {
  const done = new AbortController();
  const { signal } = done;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as SpawnedMessage),
      once(child, 'exit', { signal }).then(([code]) => ended(`it ended with exit code ${String(code)}`)),
      once(child, 'error', { signal }).then(([error]) => ended((error as Error).message)),
    ]);
  } finally {
    done.abort();
  }
}

function ended(message: string): SpawnedMessage {
  return { type: 'failed', message };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.ref();
  if (child.connected) tell(child, { type: 'close' });
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await gone;
  clearTimeout(impatience);
}

function tell(child: ChildProcess, message: ParentMessage): void {
  child.send(message);
}
