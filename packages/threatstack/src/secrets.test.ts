import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createIntegrationLogger, executeIntegrationInstance } from '@jupiterone/integration-sdk-runtime';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { startSimulator, type Fault, type Simulator } from '@vendor-graph/simulators';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { threatStackIntegration } from './integration.js';

/** With everything that shells, JSON, URLs and base64 treat in their own way. */
const CANARY = 'c4n4ry$HOME"q/b+p=e\'a&u%25<t>{x}#y?z';

let simulator: Simulator;
let folder: string;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatstack-secrets-'));
  printed = [];
  const capture = (chunk: unknown): boolean => {
    printed.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(capture);
  vi.spyOn(process.stderr, 'write').mockImplementation(capture);
  // Below the folder, because the runtime removes it.
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', join(folder, 'graph'));
  vi.stubEnv('LOG_LEVEL', 'trace');
});

afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the API key', () => {
  it('shows nowhere when all goes well', async () => {
    simulator = await startSimulator('threatstack', { apiKey: CANARY });

    await collect();

    expect(simulator.traffic.unauthorized).toBe(0);
    const traces = await everything();
    expect(traces).toContain('threatstack:agent:');
    expect(traces).toContain('Starting execution');
    expectClean(traces);
  });

  const echo = `The key ${CANARY} ${encodeURIComponent(CANARY)} ${JSON.stringify(CANARY)} is wrong.`;

  it.each<[string, Fault]>([
    ['a 400 that repeats it', { kind: 'status', status: 400, body: { errors: [echo] } }],
    ['a 401 that repeats it', { kind: 'status', status: 401, body: { message: echo } }],
    ['a 403 that repeats it', { kind: 'status', status: 403, body: { error: echo } }],
    ['a 404 in plain text', { kind: 'status', status: 404, body: echo }],
    ['a 429 in plain text', { kind: 'status', status: 429, body: echo }],
    ['a 500 in HTML', { kind: 'status', status: 500, body: `<html><title>${echo}</title></html>` }],
    [
      'a redirect that carries it',
      {
        kind: 'redirect',
        location: `https://example.invalid/${encodeURIComponent(CANARY)}?k=${encodeURIComponent(CANARY)}`,
      },
    ],
    ['a reset', { kind: 'reset' }],
    ['a body that ends early', { kind: 'cut', bytes: 20 }],
    ['what is not JSON', { kind: 'body', body: echo }],
    ['JSON of another shape', { kind: 'body', body: JSON.stringify({ [CANARY]: echo }) }],
    [
      'headers that repeat it',
      { kind: 'status', status: 400, headers: { 'x-request-id': encodeURIComponent(CANARY) } },
    ],
  ])('shows nowhere when every answer is %s', async (_, fault) => {
    simulator = await startSimulator('threatstack', { apiKey: CANARY });
    simulator.faults.add({ route: '*', fault });

    await collect();

    expectClean(await everything());
  });

  it.each<[string, Fault]>([
    ['forbidden', { kind: 'status', status: 403, body: { errors: [echo] } }],
    ['refused', { kind: 'status', status: 401, body: { errors: [echo] } }],
    ['broken', { kind: 'status', status: 500, body: { errors: [echo] } }],
    ['of another shape', { kind: 'body', body: JSON.stringify([echo]) }],
  ])('shows nowhere when the answers within steps are %s', async (_, fault) => {
    simulator = await startSimulator('threatstack', { apiKey: CANARY });
    for (const route of ['GET /v2/vulnerabilities', 'GET /v2/alerts', 'GET /v2/aws/ec2'])
      simulator.faults.add({ route, fault });

    await collect();

    expectClean(await everything());
  });

  it('shows nowhere when a server repeats the signature that was made with it', async () => {
    simulator = await startSimulator('threatstack');
    const signatures: string[] = [];
    const echoServer = createServer((request, response) => {
      signatures.push(request.headers.authorization ?? '');
      response.writeHead(400).end(JSON.stringify({ errors: [request.headers.authorization, request.headers] }));
    });
    await new Promise<void>((resolve) => echoServer.listen(0, '127.0.0.1', resolve));

    await collect({ apiBaseUrl: `http://127.0.0.1:${(echoServer.address() as AddressInfo).port}` });
    echoServer.close();

    const macs = signatures.map((signature) => /mac="([^"]+)"/.exec(signature)?.[1]);
    const traces = await everything();
    expect(macs).toHaveLength(1);
    expect(traces).toContain('answered 400');
    expect(traces).not.toContain(macs[0]);
    expectClean(traces);
  });

  it('shows nowhere when it is wrong, nor when the rest of the configuration is', async () => {
    simulator = await startSimulator('threatstack');

    await collect();
    await collect({ orgId: `"${CANARY}` });
    await collect({ apiBaseUrl: `https://user:${encodeURIComponent(CANARY)}@example.invalid` });
    await collect({ apiKey: `${CANARY}\u0000`, alertsWindowMinutes: CANARY });

    expectClean(await everything());
  });
});

/** Runs the integration as the runtime does, onto disk, with the most talkative log; an error is printed like a crash. */
async function collect(fields: Record<string, string> = {}): Promise<void> {
  const clock = new VirtualClock(Date.now());
  const integration = threatStackIntegration({ clock });
  const instance = {
    id: 'instance',
    accountId: 'account',
    name: 'Threat Stack',
    description: '',
    integrationDefinitionId: 'definition',
    disabledSources: [],
    config: { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl, apiKey: CANARY, ...fields },
  };
  const logger = createIntegrationLogger({ name: 'threatstack', invocationConfig: integration });
  logger.on('event', (event) => printed.push(JSON.stringify(event)));
  try {
    await runInVirtualTime(clock, () =>
      executeIntegrationInstance(logger, instance, integration, { current: { startedOn: clock.now() } }),
    );
  } catch (error) {
    printed.push(inspect(error, { depth: 20, showHidden: true }));
  }
}

/** All that was printed and written. */
async function everything(): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
  );
  return [...printed, ...contents].join('\n');
}

function expectClean(traces: string): void {
  const bytes = Buffer.from(CANARY);
  const forms = [
    CANARY,
    'c4n4ry',
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(CANARY),
    JSON.stringify(CANARY).slice(1, -1),
    'Hawk id=',
  ];
  expect(forms.filter((form) => traces.includes(form))).toEqual([]);
}
