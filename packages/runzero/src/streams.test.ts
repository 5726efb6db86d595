import type { IntegrationEvent } from '@jupiterone/integration-sdk-core';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import type { Run } from '@vendor-graph/integration/testing';
import { startSimulator, type Fault, type Simulator, type StartOptions } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ASSETS as ASSETS_EXPORT, fieldsOf } from './export/export-resources.js';
import { runIntegration, type RunOptions } from './testing/run-integration.js';

// Whole collections over real sockets; the default is for unit tests on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

const ROUTE = 'GET /api/v1.0/export/org/assets.jsonl';
/** Several batches of lines. */
const ASSETS = 250;

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

async function start(options: StartOptions<'runzero'> = {}): Promise<void> {
  simulator = await startSimulator('runzero', { assets: ASSETS, ...options });
}

/** Lets something go wrong with the asset export, so often; default for ever. */
function break_(fault: Fault, times?: number): void {
  simulator.faults.add({ route: ROUTE, fault, ...(times === undefined ? {} : { times }) });
}

async function collect(options?: RunOptions): Promise<Run> {
  return runIntegration({ ...simulator.credentials['export-token'], apiBaseUrl: simulator.baseUrl }, options);
}

/** A change of the lines of the export. */
function lines(change: (lines: string[]) => readonly string[], end = '\n'): Fault {
  return {
    kind: 'rewrite',
    rewrite: (body) =>
      change(body.split('\n').slice(0, -1))
        .map((line) => line + end)
        .join(''),
  };
}

function withLine(index: number, line: string): Fault {
  return lines((all) => all.with(index, line));
}

function attempts(): number {
  return simulator.traffic.count(ROUTE);
}

function warnings(events: readonly IntegrationEvent[]): string[] {
  return events.filter(({ name }) => name === 'warn_incomplete_data').map(({ description }) => description);
}

function expectComplete(run: Run, assets = ASSETS): void {
  expect(run.errors).toEqual([]);
  expect(run.counts['rumble_asset']).toBe(assets);
  expect(run.counts['rumble_site_has_asset']).toBe(assets);
  expect(run.partialTypes).toEqual([]);
}

function expectPartial(run: Run): void {
  expect(run.statuses).toMatchObject({
    'fetch-assets': 'failure',
    'build-site-asset-relationships': 'partial_success_due_to_dependency_failure',
    'fetch-sites': 'success',
  });
  expect(run.partialTypes).toEqual(['rumble_asset', 'rumble_site_has_asset']);
}

describe('an export that breaks off once', () => {
  it.each<[string, Fault]>([
    ['within a line', { kind: 'cut', bytes: 100_000 }],
    ['within the first line', { kind: 'cut', bytes: 100 }],
    ['by a reset', { kind: 'reset-after', bytes: 100_000 }],
    ['within a line, in an orderly way', { kind: 'truncate', bytes: 100_000 }],
    ['by a line that is not JSON', withLine(130, '{"id": "7d0b1c62')],
    ['by a line that is not JSON, the first one', withLine(0, '<html>')],
    ['by a character that is cut in half', { kind: 'truncate', bytes: 1 }],
  ])('%s, is read again until it is complete', async (_, fault) => {
    await start();
    const clock = new VirtualClock();
    break_(fault, 1);

    const run = await collect({ clock });

    expectComplete(run);
    expect(attempts()).toBe(2);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(5_000);
    expect(warnings(run.events)).toEqual([]);
  });

  it('at the border of two lines, is read again until it is complete', async () => {
    await start();
    break_(await cutAfterLines(120), 1);

    const run = await collect();

    expectComplete(run);
    expect(attempts()).toBe(2);
  });

  it('by a stall, is read again after two minutes of silence', async () => {
    await start();
    const clock = new VirtualClock();
    break_({ kind: 'stall', bytes: 100_000 }, 1);

    const run = await collect({ clock, stalls: true });

    expectComplete(run);
    expect(attempts()).toBe(2);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(125_000);
    expect(clock.monotonic()).toBeLessThan(130_000);
  });

  it.each<[string, Fault]>([
    ['cut', { kind: 'cut', bytes: 5_000 }],
    ['shortened in an orderly way', { kind: 'truncate', bytes: 5_000 }],
  ])('in compressed form, %s, is read again', async (_, fault) => {
    await start({ compression: true });
    break_(fault, 1);

    const run = await collect();

    expectComplete(run);
    expect(attempts()).toBe(2);
  });

  it('with a 503 before it begins is asked for again by the client', async () => {
    await start();
    break_({ kind: 'status', status: 503, body: '<html>busy</html>' }, 2);

    const run = await collect();

    expectComplete(run);
    expect(attempts()).toBe(3);
  });

  it('in another order the second time, is complete all the same', async () => {
    await start();
    break_(await cutAfterLines(120), 1);
    break_(
      lines((all) => all.toReversed()),
      1,
    );

    const run = await collect();

    expectComplete(run);
    expect(run.events.map(({ description }) => description).filter((text) => text.includes('more than once'))).toEqual(
      [],
    );
  });
});

describe('an export that breaks off each time', () => {
  it.each<[string, Fault, RegExp]>([
    ['within a line', { kind: 'truncate', bytes: 100_000 }, /ended within line \d+ \(at byte \d+\)/],
    ['by a reset', { kind: 'reset-after', bytes: 100_000 }, /broke off its answer/],
  ])('%s, fails the step after five attempts and keeps what was read', async (_, fault, message) => {
    await start();
    break_(fault);

    const run = await collect();

    expectPartial(run);
    expect(attempts()).toBe(5);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]?.message).toMatch(message);
    expect(run.counts['rumble_asset']).toBeGreaterThan(0);
    expect(run.counts['rumble_asset']).toBeLessThan(ASSETS);
    expect(run.counts['rumble_site_has_asset']).toBe(run.counts['rumble_asset']);
  });

  it('at the border of two lines, fails the step after five attempts and keeps what was read', async () => {
    await start();
    break_(await cutAfterLines(120));

    const run = await collect();

    expectPartial(run);
    expect(attempts()).toBe(5);
    expect(run.counts['rumble_asset']).toBe(120);
  });

  it('a little later each time, is put together of what was read, and fails all the same', async () => {
    await start();
    for (const bytes of [50_000, 150_000, 250_000, 350_000, 450_000]) break_({ kind: 'cut', bytes }, 1);

    const run = await collect();

    expectPartial(run);
    expect(attempts()).toBe(5);
  });

  it('by the same line that is not JSON, fails after two attempts and tells where, not what', async () => {
    await start();
    break_(withLine(130, '{"id": "secret in a broken line'));

    const run = await collect();

    expectPartial(run);
    expect(attempts()).toBe(2);
    expect(run.errors[0]?.message).toMatch(/sent a line 131 \(at byte \d+\) that is not JSON/);
    expect(JSON.stringify([run.events, run.errors.map(String)])).not.toContain('secret in a broken line');
  });

  it('by silence, fails after five times two minutes', async () => {
    await start();
    const clock = new VirtualClock();
    break_({ kind: 'stall', bytes: 100_000 });

    const run = await collect({ clock, stalls: true });

    expectPartial(run);
    expect(attempts()).toBe(5);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(5 * 120_000 + 75_000);
  });

  it('before it begins, fails with the client`s attempts alone', async () => {
    await start();
    break_({ kind: 'reset' });

    const run = await collect();

    expectPartial(run);
    expect(attempts()).toBe(5);
    expect(run.errors[0]).toMatchObject({ code: 'PROVIDER_RETRIES_EXCEEDED_ERROR' });
  });

  it('in one organization, leaves the others complete', async () => {
    await start({ assets: 60 });
    simulator.faults.add({ route: ROUTE, times: 5, fault: { kind: 'truncate', bytes: 20_000 } });

    const run = await runIntegration({ ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });

    expect(run.statuses['fetch-assets']).toBe('failure');
    expect(run.errors[0]?.message).toMatch(
      /^.*Assets of 1 of 4 organizations could not be read completely\. Example Org \(/,
    );
    expect(run.counts['rumble_asset']).toBeGreaterThanOrEqual(120);
    expect(run.counts['rumble_asset']).toBeLessThan(180);
  });
});

describe('an export that ends too early in an orderly way', () => {
  it('after half of the assets, is told with both numbers', async () => {
    await start();
    break_(lines((all) => all.slice(0, 125)));

    const run = await collect();

    expect(run.statuses['fetch-assets']).toBe('success');
    expect(warnings(run.events)).toEqual([
      'The export of the organization of the export token held 125 assets, but the console counts 250. Its counters may lag behind; collect again if the difference stays.',
    ]);
  });

  it('before the first asset, fails', async () => {
    await start();
    break_(lines(() => []));

    const run = await collect();

    expectPartial(run);
    expect(run.errors[0]?.message).toContain('the export was empty, but the console counts 250 assets');
  });

  it.each([
    [225, ASSETS],
    [226, ASSETS],
    [90, 100],
    [5, 15],
  ])('after %i of %i assets, is no more than counters that lag behind', async (read, assets) => {
    await start({ assets });
    break_(lines((all) => all.slice(0, read)));

    const run = await collect();

    expectComplete(run, read);
    expect(warnings(run.events)).toEqual([]);
  });

  it('by the counters of the organization when there is an account key', async () => {
    await start({ organizations: 1 });
    break_(lines((all) => all.slice(0, 125)));

    const run = await runIntegration({ ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });

    expect(warnings(run.events)).toEqual([
      expect.stringMatching(
        /^The export of Example Org \([0-9a-f-]{36}\) held 125 assets, but the console counts 250\./,
      ),
    ]);
  });
});

describe('lines of every form', () => {
  it.each<[string, Fault]>([
    ['ended by CR and LF', lines((all) => all, '\r\n')],
    ['with blank ones between them', lines((all) => all.flatMap((line) => ['', line, '  ']))],
    ['after a byte-order mark', { kind: 'rewrite', rewrite: (body) => `\uFEFF${body}` }],
    ['the last one without an end', { kind: 'rewrite', rewrite: (body) => body.trimEnd() }],
    ['in pieces that cut characters in half', { kind: 'slice', bytes: 4_099 }],
  ])('are read: %s', async (_, fault) => {
    await start();
    break_(fault);

    const run = await collect();

    expectComplete(run);
    expect(attempts()).toBe(1);
    expect(run.entities.map(({ name }) => name)).toContain('BÜRO_ÖSTERREICH');
  });

  it('are read byte by byte', async () => {
    await start({ assets: 3 });
    break_({ kind: 'slice', bytes: 1 });

    const run = await collect();

    expectComplete(run, 3);
    expect(run.entities.map(({ name }) => name)).toContain('BÜRO_ÖSTERREICH');
  });

  it('are read when one has five million bytes, of which the raw data holds what it may', async () => {
    await start();
    const extend = (line: string): string => {
      const asset = JSON.parse(line) as { attributes: object };
      return JSON.stringify({ ...asset, attributes: { ...asset.attributes, 'os.notes': 'x'.repeat(5_000_000) } });
    };
    break_(lines((all) => all.map((line, index) => (index === 100 ? extend(line) : line))));

    const run = await collect();

    expectComplete(run);
    const sizes = run.entities.map((entity) => JSON.stringify(entity._rawData ?? []).length);
    expect(Math.max(...sizes)).toBeLessThan(33_000);
  });

  it('are read in compressed form', async () => {
    await start({ compression: true });

    expectComplete(await collect());
  });
});

describe('an empty export', () => {
  const SOURCES = { disabledSources: [] };
  const empty: Fault = { kind: 'body', body: '' };

  it('is asked for again, and believed when it is not empty then', async () => {
    await start({ assets: 4 });
    for (const name of ['assets', 'services', 'software', 'vulnerabilities', 'wireless'])
      simulator.faults.add({ route: `GET /api/v1.0/export/org/${name}.jsonl`, times: 1, fault: empty });

    const run = await collect(SOURCES);

    expect(run.errors).toEqual([]);
    expect(run.counts).toMatchObject({ rumble_asset: 4, rumble_service: 21, rumble_wireless_network: 12 });
  });

  it.each(['services', 'software', 'vulnerabilities'])('of %s fails where the console counts some', async (name) => {
    await start({ assets: 4 });
    simulator.faults.add({ route: `GET /api/v1.0/export/org/${name}.jsonl`, fault: empty });

    const run = await collect(SOURCES);

    expect(run.statuses[`fetch-${name}`]).toBe('failure');
    expect(run.errors[0]?.message).toMatch(new RegExp(`the export was empty, but the console counts \\d+ ${name}`));
  });

  it('of wireless networks, which nobody counts, is believed when it comes twice', async () => {
    await start({ assets: 4, wirelessNetworks: 0 });

    const run = await collect(SOURCES);

    expect(run.statuses['fetch-wireless-networks']).toBe('success');
    expect(simulator.traffic.count('GET /api/v1.0/export/org/wireless.jsonl')).toBe(2);
  });
});

describe('records that are not as they should be', () => {
  it('are skipped with a warning when one is no object and one has no id', async () => {
    await start();
    break_(lines((all) => all.with(100, '"text"').with(101, '{"name":"no id"}')));

    const run = await collect();

    expect(run.counts['rumble_asset']).toBe(ASSETS - 2);
    expect(run.statuses['fetch-assets']).toBe('success');
    expect(warnings(run.events)).toEqual(['Skipped 2 of the assets: 2 without a usable id.']);
  });

  it.each([
    ['ten of 250', ASSETS, 10, 'failure'],
    ['nine of 250', ASSETS, 9, 'success'],
    ['ten of 1,000', 1_000, 10, 'success'],
    ['eleven of 1,000', 1_000, 11, 'failure'],
  ])('fail the step when there are many: %s', async (_, assets, malformed, status) => {
    await start({ assets });
    break_(lines((all) => all.map((line, index) => (index >= 20 && index < 20 + malformed ? '[]' : line))));

    const run = await collect();

    expect(run.statuses['fetch-assets']).toBe(status);
    if (status === 'failure') {
      expect(run.errors[0]?.message).toContain(`${malformed} of ${assets} records have no usable id`);
    }
  });

  it('fail the step when nothing else is there, however few they are', async () => {
    await start();
    break_({ kind: 'body', body: '{"status":"ok"}\n' });

    const run = await collect();

    expectPartial(run);
    expect(run.errors[0]?.message).toContain('1 of 1 records have no usable id');
  });

  it('are counted once although the export is read twice', async () => {
    await start();
    break_(await cutAfterLines(200), 1);
    break_(withLine(100, 'null'));

    const run = await collect();

    expect(warnings(run.events)).toEqual(['Skipped 1 of the assets: 1 without a usable id.']);
  });

  it('are taken once when they are listed twice, also across attempts', async () => {
    await start();
    const twice = lines((all) => [...all, ...all.slice(0, 3)]);
    break_({ kind: 'cut', bytes: 100_000 }, 1);
    break_(twice);

    const run = await collect();

    expectComplete(run);
    expect(run.events.map(({ description }) => description)).toContain(
      'Listed more than once among the assets: 3; each was taken once.',
    );
  });

  it('have no relationship when they stand at a site that is not listed', async () => {
    await start();
    break_(
      lines((all) =>
        all.map((line, index) =>
          index < 3 ? line.replace(/"site_id":"[^"]+"/, '"site_id":"11111111-1111-4111-8111-111111111111"') : line,
        ),
      ),
    );

    const run = await collect();

    expect(run.counts).toMatchObject({ rumble_asset: ASSETS, rumble_site_has_asset: ASSETS - 3 });
    expect(run.statuses['build-site-asset-relationships']).toBe('success');
    expect(warnings(run.events)).toEqual([
      'Skipped 3 of the relationships of sites to assets: 3 to a site that is not listed.',
    ]);
  });

  it('change nothing but themselves when their keys are hostile', async () => {
    await start();
    const id = '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11';
    const hostile = `{"__proto__":{"polluted":true},"id":"${id}","site_id":null,"last_seen":1e400,"names":["\\u001b[31mred","${'x'.repeat(1_000)}"],"tags":{"__proto__":"x","constructor":"y"},"attributes":{"__proto__":"z","os.family":"Linux"},"created_at":-1,"macs":[1,{}],"addresses":{"0":"10.0.0.1"}}`;
    break_(lines((all) => [...all, hostile]));

    const run = await collect();

    const entity = run.entities.find(({ _key }) => _key === id);
    expect(entity).toMatchObject({ 'tag.constructor': 'y', ipv4Addresses: null, macAddresses: null, lastSeenOn: null });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(run.statuses['fetch-assets']).toBe('success');
  });
});

describe('the choice of fields', () => {
  it.each([400, 422])('is given up when the console answers %i to it', async (status) => {
    await start();
    simulator.faults.add({
      route: ({ path, query }) => path.endsWith('/assets.jsonl') && 'fields' in query,
      fault: { kind: 'status', status, body: { title: 'Bad Request', status, detail: 'unknown field' } },
    });

    const run = await collect();

    expectComplete(run);
    expect(simulator.traffic.requests.map(({ query }) => 'fields' in query)).toEqual([false, true, false]);
  });

  it('is given up when the first record comes without what was asked for', async () => {
    await start();
    simulator.faults.add({
      route: ({ path, query }) => path.endsWith('/assets.jsonl') && 'fields' in query,
      fault: lines((all) => all.map((line) => line.replace(/"last_seen":\d+,/, ''))),
    });

    const run = await collect();

    expectComplete(run);
    expect(attempts()).toBe(2);
  });

  it('is not tried again for the next organization', async () => {
    await start({ console: '2022', assets: 20 });
    simulator.faults.add({
      route: ({ path, query }) => path.endsWith('/assets.jsonl') && 'fields' in query,
      fault: { kind: 'status', status: 400 },
    });

    const run = await runIntegration({ ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });

    expect(run.counts['rumble_asset']).toBe(60);
    expect(attempts()).toBe(4);
  });

  it('makes no difference to the graph', async () => {
    await start({ assets: 30 });
    const chosen = await collect();
    simulator.faults.add({
      route: ({ path, query }) => path.endsWith('/assets.jsonl') && 'fields' in query,
      fault: { kind: 'status', status: 400 },
    });

    const whole = await collect();

    expect(whole.entities).toEqual(chosen.entities);
  });
});

/** The connection ends after so many lines, exactly between two of them. */
async function cutAfterLines(count: number): Promise<Fault> {
  const { exportToken = '' } = simulator.credentials['export-token'] ?? {};
  const answer = await fetch(`${simulator.baseUrl}/export/org/assets.jsonl?fields=${fieldsOf(ASSETS_EXPORT)}`, {
    headers: { authorization: `Bearer ${exportToken}` },
  });
  const all = (await answer.text()).split('\n');
  simulator.traffic.reset();
  return { kind: 'cut', bytes: Buffer.byteLength(`${all.slice(0, count).join('\n')}\n`) };
}
