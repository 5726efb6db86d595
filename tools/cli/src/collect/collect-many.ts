import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProgressEvent } from '../progress/progress-event.js';
import type { CollectReport } from './collect-report.js';
import type { CollectOutcome, CollectRequest } from './collect-vendor.js';
import type { FromWorker, ToWorker } from './worker-protocol.js';

/** What the process that collects several vendors does with what their processes tell. */
export interface WorkersHost {
  logLevel: Extract<ToWorker, { type: 'collect' }>['logLevel'];
  logFormat: Extract<ToWorker, { type: 'collect' }>['logFormat'];
  /** Whether events are to tell which step a request belongs to. */
  followsRequests: boolean;
  onEvent: (vendor: string, event: ProgressEvent) => void;
  /** Called with each line that a vendor's process logs, without its end. */
  onLine: (line: string) => void;
  signal: AbortSignal;
}

/** How long an interrupted vendor may take to end by itself; the command promises to end within two seconds. */
const INTERRUPTED_MS = 1_300;

/** The program of a vendor's process. */
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

/**
 * Collects several vendors at the same time, each in a process of its own: the SDK's runtime knows one storage folder per
 * process, and a vendor that runs out of memory must not take the others with it.
 */
export async function collectMany(requests: readonly CollectRequest[], host: WorkersHost): Promise<CollectOutcome[]> {
  return Promise.all(requests.map((request) => collectInChild(request, host)));
}

async function collectInChild(request: CollectRequest, host: WorkersHost): Promise<CollectOutcome> {
  const startedAt = performance.now();
  const child = fork(WORKER, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const interrupt = (): void => {
    interruptChild(child);
  };
  host.signal.addEventListener('abort', interrupt, { once: true });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', host.onLine);

  let outcome: CollectOutcome | undefined;
  child.on('message', (message: FromWorker) => {
    if (message.type === 'event') host.onEvent(request.label, message.event);
    else outcome = message.outcome;
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', (code, signal) => {
      resolve(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  });
  const { logLevel, logFormat, followsRequests } = host;
  send(child, { type: 'collect', request, logLevel, logFormat, followsRequests });
  if (host.signal.aborted) interrupt();

  const how = await ended;
  host.signal.removeEventListener('abort', interrupt);
  const known = outcome ?? lost(request, performance.now() - startedAt, how, host.signal.aborted);
  const { status, durationMs } = known.report;
  host.onEvent(request.label, { type: 'end', status, durationMs });
  return known;
}

function interruptChild(child: ChildProcess): void {
  send(child, { type: 'interrupt' });
  setTimeout(() => {
    child.kill('SIGKILL');
  }, INTERRUPTED_MS).unref();
}

function send(child: ChildProcess, message: ToWorker): void {
  // A child that is gone tells so by its end.
  child.send(message, () => undefined);
}

/** The outcome of a process that ended without telling one. */
function lost(request: CollectRequest, durationMs: number, how: string, interrupted: boolean): CollectOutcome {
  const report: CollectReport = {
    package: request.label,
    status: interrupted ? 'interrupted' : 'failure',
    simulated: request.simulate !== undefined,
    durationMs: Math.round(durationMs),
    entities: {},
    relationships: {},
    mappedRelationships: {},
    steps: [],
    http: { requests: 0, retries: 0, rateLimitWaitMs: 0, bytes: 0 },
    graph: request.out ?? '',
  };
  return interrupted
    ? { report }
    : { report, problem: `${request.label}: its process ended without a result (${how}).` };
}
