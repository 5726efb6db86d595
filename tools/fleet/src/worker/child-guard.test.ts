import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARD_VARIABLE, machineTime, type GuardOrders, type ToGuard } from './guard-message.js';

/** A job's process runs what `tsc` made. */
const GUARD = new URL('../../dist/worker/child-guard.js', import.meta.url).href;
const LONG_MS = 600_000;
const PLENTY = 2 ** 34;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A process that would go on for ever, under the guard. */
async function guarded(
  orders: GuardOrders,
  script = 'console.log(Object.keys(process.env).join());',
  before: readonly string[] = [],
): Promise<ChildProcess> {
  const program = join(folder, 'program.mjs');
  writeFileSync(program, `setInterval(() => {}, 1000); ${script}`);
  const child = spawn(process.execPath, [...before, '--import', GUARD, program], {
    env: { PATH: process.env['PATH'], [GUARD_VARIABLE]: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return child;
}

/** From its first message on hears nothing until the file is there; says when that begins, and when it has gone on after it. */
function busyUntil(file: string): string {
  return `process.once('message', () => {
      console.log('busy');
      while (!fs.existsSync(${JSON.stringify(file)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      setTimeout(() => console.log('free'), 50);
    });
    import fs from 'node:fs';
    console.log('ready');`;
}

function within(ms: number): GuardOrders {
  return { until: machineTime() + ms, memoryBytes: PLENTY };
}

function renewal(forMs: number): ToGuard {
  return { type: 'lease', until: machineTime() + forMs };
}

async function endOf(child: ChildProcess): Promise<unknown> {
  return (await once(child, 'exit'))[1];
}

describe("the guard of a job's process", () => {
  it('lets it run, and leaves no trace in its environment', async () => {
    const child = await guarded(within(LONG_MS));
    const [names] = (await once(child.stdout ?? child, 'data')) as [Buffer];

    expect(names.toString()).not.toContain(GUARD_VARIABLE);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
  });

  it('ends it when the lease ends', async () => {
    const child = await guarded(within(300));

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when the lease ends, although its timers come early', async () => {
    const early = join(folder, 'early.mjs');
    writeFileSync(
      early,
      'const { setTimeout: later } = globalThis; globalThis.setTimeout = (f, ms) => later(f, ms / 2);',
    );

    const child = await guarded(within(300), undefined, ['--import', early]);

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when a renewal says so, and not before', async () => {
    const child = await guarded(within(LONG_MS));
    await once(child.stdout ?? child, 'data');

    child.send(renewal(1));

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('lets it run when the renewal came in time, and the process was too busy to hear it in time', async () => {
    const free = join(folder, 'free');
    const child = await guarded(within(LONG_MS), busyUntil(free));
    const output = child.stdout ?? child;
    await once(output, 'data');
    const busy = once(output, 'data');
    child.send(renewal(1));
    await busy;

    await new Promise((sent) => child.send(renewal(LONG_MS), sent));
    writeFileSync(free, '');

    expect(await Promise.race([once(output, 'data').then(String), endOf(child)])).toContain('free');
    child.kill('SIGKILL');
  });

  it('ends it when its worker is gone', async () => {
    const child = await guarded(within(LONG_MS));
    await once(child.stdout ?? child, 'data');

    child.disconnect();

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when it uses more memory than it may, and says how much', async () => {
    const child = await guarded({ ...within(LONG_MS), memoryBytes: 1 });
    const told = once(child, 'message');

    expect(await endOf(child)).toBe('SIGKILL');
    expect((await told)[0]).toMatchObject({ type: 'memory', bytes: expect.any(Number) as unknown });
  });
});
