import { GUARD_VARIABLE, machineTime, type FromGuard, type GuardOrders, type ToGuard } from './guard-message.js';

/**
 * Loaded into each process of a job before anything else. A job belongs to whoever holds the account's lease; when this
 * process hears no more that its worker does, because the worker died, stands still or is cut off, another worker takes
 * the job over. It must not upload then, so it ends itself before the lease does, without a last word.
 */
const MEMORY_CHECK_MS = 250;

const orders = JSON.parse(process.env[GUARD_VARIABLE] ?? '{}') as Partial<GuardOrders>;
// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the variable is ours, and its name a constant
delete process.env[GUARD_VARIABLE];
const { memoryBytes = Infinity } = orders;
let { until = 0 } = orders;

let deadline = arm();

process.on('disconnect', die);
process.on('message', (message: ToGuard) => {
  clearTimeout(deadline);
  until = message.until;
  deadline = arm();
});
// The command ends when its work is done, not when nobody listens any more.
process.channel?.unref();
if (process.send === undefined || !process.connected) die();

setInterval(() => {
  const bytes = process.memoryUsage.rss();
  if (bytes <= memoryBytes) return;
  const message: FromGuard = { type: 'memory', bytes };
  process.send?.(message, undefined, {}, die);
}, MEMORY_CHECK_MS).unref();

function arm(): NodeJS.Timeout {
  return setTimeout(() => {
    // A process that was busy comes to its timers before it comes to its messages: a renewal may be among them.
    setImmediate(() => {
      if (machineTime() >= until) die();
      // There was one, or the timer, which knows whole milliseconds only, came early.
      clearTimeout(deadline);
      deadline = arm();
    });
  }, until - machineTime()).unref();
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
