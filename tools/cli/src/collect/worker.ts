import { Redactor } from '../secrets/redactor.js';
import { guardStreams } from '../terminal/guarded-streams.js';
import { Messenger } from '../terminal/messenger.js';
import { collectVendor } from './collect-vendor.js';
import { Interrupted } from './interruption.js';
import { coalesced } from './coalesced-events.js';
import type { FromWorker, ToWorker } from './worker-protocol.js';

/**
 * The process of one vendor, when several are collected. It hears from the process that started it what to do and when to
 * stop, and tells it what happens; its log goes to stderr.
 */
const controller = new AbortController();
const redactor = new Redactor();
const redact = (text: string): string => redactor.redact(text);
const streams = guardStreams(process, redact);

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

async function collect({ request, logLevel, logFormat }: Extract<ToWorker, { type: 'collect' }>): Promise<void> {
  const messenger = new Messenger({
    format: logFormat,
    level: logLevel,
    write: (text) => {
      streams.message(text);
    },
    redact,
  });
  const events = coalesced((event) => void tell({ type: 'event', event }));
  const outcome = await collectVendor(request, {
    env: process.env,
    cwd: process.cwd(),
    logLevel,
    log: (record) => {
      messenger.log(record);
    },
    onEvent: events.push,
    onSecrets: (secrets) => {
      redactor.addAll(secrets);
    },
    redact,
    signal: controller.signal,
  });
  events.flush();
  await tell({ type: 'outcome', outcome });
  await streams.flush();
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
