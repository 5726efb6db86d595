import { limitHeapGrowth } from '../startup/lean-heap.js';
import { deferUnusedPartsOfSdk } from '../startup/lean-sdk.js';
import { skipWasmOptimization } from '../startup/lean-wasm.js';
import { openCommandIo } from '../terminal/command-io.js';
import { coalesced } from './coalesced-events.js';
import { Interrupted } from './interruption.js';
import type { FromWorker, ToWorker } from './worker-protocol.js';

/**
 * The process of one vendor, when several are collected. It hears from the process that started it what to do and when to
 * stop, and tells it what happens; its log goes to stderr.
 */
const controller = new AbortController();

function stop(): void {
  controller.abort(new Interrupted());
}

function tell(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else
      process.send(message, () => {
        resolve();
      });
  });
}

type Assignment = Extract<ToWorker, { type: 'collect' }>;

async function collect({ request, logLevel, logFormat, followsRequests }: Assignment): Promise<void> {
  const io = openCommandIo({ logLevel, logFormat, quiet: false, verbose: false });
  limitHeapGrowth();
  skipWasmOptimization();
  deferUnusedPartsOfSdk();
  const { collectWithTelemetry } = await import('../telemetry/collect-with-telemetry.js');
  const events = coalesced((event) => void tell({ type: 'event', event }));
  const outcome = await collectWithTelemetry(request, {
    env: process.env,
    cwd: process.cwd(),
    logLevel,
    log: (record) => {
      io.messenger.log(record);
    },
    onEvent: events.push,
    followsRequests,
    onSecrets: (secrets) => {
      io.redactor.addAll(secrets);
    },
    redact: (text) => io.redactor.redact(text),
    signal: controller.signal,
  });
  events.flush();
  await tell({ type: 'outcome', outcome });
  await io.streams.flush();
  process.exit();
}

// Ctrl-C in a terminal reaches every process; the one that started this one decides.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.on('message', (message: ToWorker) => {
  if (message.type === 'interrupt') stop();
  else void collect(message);
});
