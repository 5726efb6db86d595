import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariable } from '@vendor-graph/integration';
import type { Simulator } from '@vendor-graph/simulators';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { graphObjects } from './graph-files.js';
import { COMMAND, vendorGraph, type Run } from './vendor-graph.js';
import { loadVendors, WORKSPACE } from './vendors.js';
import { WireProxy } from './wire/wire-proxy.js';

/** What is tested here is the command's, not the vendors': one of them stands for all. */
const [vendor] = await loadVendors();
if (vendor === undefined) throw new Error('There is no vendor.');
const { name, simulator: definition } = vendor;

let simulator: Simulator;
let proxy: WireProxy;
let folder: string;
let env: Record<string, string>;

beforeEach(async () => {
  simulator = await definition.start();
  proxy = await WireProxy.before(simulator.baseUrl);
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
  const config = { ...simulator.credentials['default'], apiBaseUrl: proxy.baseUrl };
  env = Object.fromEntries(Object.entries(config).map(([field, value]) => [environmentVariable(name, field), value]));
});

afterEach(async () => {
  await proxy.close();
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a collection', () => {
  it('that is killed leaves nothing that can be uploaded, and the next one is complete', async () => {
    const whole = await collect(out());
    const complete = withoutPorts(graphObjects(out()));

    const killed = await endWhenStuck('SIGKILL');

    expect(whole.code).toBe(0);
    expect(killed.code).toBeNull();
    expect(existsSync(join(out(), 'summary.json'))).toBe(false);
    expect(await vendorGraph(['sync', name, '--out', out()], JUPITERONE)).toMatchObject({ code: 1 });

    const again = await collect(out());

    expect(again.code).toBe(0);
    expect(withoutPorts(graphObjects(out()))).toEqual(complete);
  });

  it('that is interrupted says so, with an exit code of its own, and cannot be uploaded', async () => {
    const interrupted = await endWhenStuck('SIGINT');

    expect(interrupted.code).toBe(130);
    expect(JSON.parse(interrupted.stdout)).toMatchObject({ package: name, status: 'interrupted' });
    expect(existsSync(join(out(), 'summary.json'))).toBe(false);
    expect(await vendorGraph(['sync', name, '--out', out()], JUPITERONE)).toMatchObject({ code: 1 });
  });

  it('into a folder that cannot be written collects nothing and names the folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    const nowhere = join(folder, 'file', 'graph');

    const { code, stderr } = await collect(nowhere);

    expect(code).toBe(1);
    expect(stderr).toContain(`The graph cannot be written to ${nowhere}`);
    expect(proxy.requests).toEqual([]);
  });

  it('on a disk without a byte left changes nothing about the graph that is there', async () => {
    await collect(out());
    const before = { graph: graphObjects(out()), summary: readFileSync(join(out(), 'summary.json'), 'utf8') };

    const { code, stderr } = await collectWithFilesUpTo(0);

    expect(code).toBe(1);
    expect(stderr).toContain(`The graph cannot be written to ${out()}`);
    expect({ graph: graphObjects(out()), summary: readFileSync(join(out(), 'summary.json'), 'utf8') }).toEqual(before);
  });

  it('on a disk that fills up while it is written fails, and cannot be uploaded', async () => {
    const { code, stderr } = await collectWithFilesUpTo(8);

    expect(code).not.toBe(0);
    expect(stderr).toMatch(/EFBIG|file too large/i);
    expect(existsSync(join(out(), 'summary.json'))).toBe(false);
  });
});

const JUPITERONE = {
  JUPITERONE_ACCOUNT: 'account',
  JUPITERONE_API_KEY: 'key-of-nobody-0123',
  JUPITERONE_API_BASE_URL: 'http://127.0.0.1:9',
};

function out(): string {
  return join(folder, 'graph');
}

function collect(target: string): Promise<Run> {
  return vendorGraph(['collect', name, '--json', '--out', target], env);
}

/** Starts a collection, waits until its last request is on its way and gets no answer, and ends it. */
async function endWhenStuck(signal: NodeJS.Signals): Promise<Run> {
  let seen = 0;
  let stuck: () => void = () => undefined;
  const isStuck = new Promise<void>((resolve) => {
    stuck = resolve;
  });
  proxy.misbehave(() => {
    seen += 1;
    // After the credentials were accepted.
    if (seen < 4) return undefined;
    return ({ hold }) => {
      hold();
      stuck();
    };
  });
  const child = start(process.execPath, [COMMAND, 'collect', name, '--json', '--out', out()]);
  const ended = endOf(child);
  await isStuck;
  child.kill(signal);
  const run = await ended;
  proxy.misbehave(() => undefined);
  return run;
}

/** The same limit that a full disk is, for each file: what goes beyond it cannot be written. */
function collectWithFilesUpTo(blocks: number): Promise<Run> {
  const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
  return endOf(start('sh', ['-c', command, process.execPath, COMMAND, 'collect', name, '--json', '--out', out()]));
}

function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    cwd: WORKSPACE,
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function endOf(child: ChildProcess): Promise<Run> {
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (run.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (run.stderr += text));
  run.code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return run;
}

function withoutPorts(objects: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(objects).replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1'));
}
