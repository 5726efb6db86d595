import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARD_VARIABLE, type GuardOrders } from './guard-message.js';

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

/** A process that would go on for ever, under the guard; resolves when it runs. */
async function guarded(orders: GuardOrders, script = ''): Promise<ChildProcess> {
  const program = join(folder, 'program.mjs');
  writeFileSync(program, `setInterval(() => {}, 1000); ${script}; console.log(Object.keys(process.env).join());`);
  const child = spawn(process.execPath, ['--import', GUARD, program], {
    env: { PATH: process.env['PATH'], [GUARD_VARIABLE]: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return child;
}

async function endOf(child: ChildProcess): Promise<unknown> {
  return (await once(child, 'exit'))[1];
}

describe("the guard of a job's process", () => {
  it('lets it run, and leaves no trace in its environment', async () => {
    const child = await guarded({ forMs: LONG_MS, memoryBytes: PLENTY });
    const [names] = (await once(child.stdout ?? child, 'data')) as [Buffer];

    expect(names.toString()).not.toContain(GUARD_VARIABLE);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
  });

  it('ends it when the lease ends', async () => {
    const child = await guarded({ forMs: 300, memoryBytes: PLENTY });

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when a renewal says so, and not before', async () => {
    const child = await guarded({ forMs: LONG_MS, memoryBytes: PLENTY });
    await once(child.stdout ?? child, 'data');

    child.send({ type: 'lease', forMs: 1 });

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when its worker is gone', async () => {
    const child = await guarded({ forMs: LONG_MS, memoryBytes: PLENTY });
    await once(child.stdout ?? child, 'data');

    child.disconnect();

    expect(await endOf(child)).toBe('SIGKILL');
  });

  it('ends it when it uses more memory than it may, and says how much', async () => {
    const child = await guarded({ forMs: LONG_MS, memoryBytes: 1 });
    const told = once(child, 'message');

    expect(await endOf(child)).toBe('SIGKILL');
    expect((await told)[0]).toMatchObject({ type: 'memory', bytes: expect.any(Number) as unknown });
  });
});
