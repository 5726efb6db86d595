import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AccountLease } from './account-lease.js';
import { GUARD_VARIABLE, machineTime, type FromGuard, type GuardOrders, type ToGuard } from './guard-message.js';

const GUARD = new URL('./child-guard.js', import.meta.url).href;
const MIB = 1024 * 1024;
/** The report of a run is far smaller; more than this is not one. */
const LONGEST_REPORT_BYTES = 16 * MIB;
/** What a process may take to end after it was asked to. */
const ENDING_MS = 5_000;

/** A command to run. */
export interface CommandRun {
  /** The file of `vendor-graph`. */
  bin: string;
  args: readonly string[];
  /** All of the process's environment. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  memoryBytes: number;
  lease: AccountLease;
  /** Asks the process to end. */
  signal: AbortSignal;
  /** Called with each line on stderr. */
  onLine: (line: string) => void;
}

/** How it ended. */
export interface CommandEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Of the process when it used more than it may. */
  memoryExceeded?: number;
}

/**
 * Runs `vendor-graph` in a process of its own, for no longer than the lease lasts: the process itself knows when that is,
 * so that it ends also when this one dies or stands still.
 */
export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  const { lease, memoryBytes } = run;
  const orders: GuardOrders = { until: machineTime() + lease.remainingMs, memoryBytes };
  const heapMib = Math.max(64, Math.floor(memoryBytes / MIB));
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMib}`, '--import', GUARD, run.bin, ...run.args], {
    cwd: run.cwd,
    env: { ...run.env, [GUARD_VARIABLE]: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stdout = '';
  let memoryExceeded: number | undefined;
  child.on('message', ({ bytes }: FromGuard) => {
    memoryExceeded = bytes;
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (stdout.length < LONGEST_REPORT_BYTES) stdout += text;
  });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', run.onLine);

  const tell = (remainingMs: number): void => {
    const message: ToGuard = { type: 'lease', until: machineTime() + remainingMs };
    // A process that is gone tells so by its end.
    if (child.connected) child.send(message, () => undefined);
  };
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  let impatience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    impatience = setTimeout(kill, ENDING_MS);
  };
  const stopListening = lease.onRenewed(tell);
  lease.lost.addEventListener('abort', kill, { once: true });
  run.signal.addEventListener('abort', stop, { once: true });
  if (lease.lost.aborted) kill();
  if (run.signal.aborted) stop();
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (...end) => {
        resolve(end);
      });
    });
    return { code, signal, stdout, ...(memoryExceeded !== undefined && { memoryExceeded }) };
  } finally {
    clearTimeout(impatience);
    stopListening();
    lease.lost.removeEventListener('abort', kill);
    run.signal.removeEventListener('abort', stop);
  }
}

/** The file of the command that is installed beside this package. */
export function commandFile(): string {
  return fileURLToPath(new URL('../bin/vendor-graph.js', import.meta.resolve('@vendor-graph/cli')));
}
