import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphObjects, type GraphObject } from './graph-files.js';
import { vendorGraph, type Run } from './vendor-graph.js';
import { typesByDefault } from './types-by-default.js';
import { loadVendors } from './vendors.js';

const vendors = Object.fromEntries((await loadVendors()).map(({ name, invocationConfig }) => [name, invocationConfig]));

const RUN_TIMEOUT_MS = 120_000;
const JUPITERONE_KEY = 'simulated-jupiterone-api-key';

interface VendorReport {
  package: string;
  status: string;
  simulated: boolean;
  steps: { id: string; status: string }[];
}

let folder: string;
let first: Run;
let jupiterone: Simulator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
  jupiterone = await startSimulator('jupiterone');
  first = await vendorGraph(['collect', '--all', '--simulate', '--json', '--out', join(folder, 'first')]);
}, RUN_TIMEOUT_MS);

afterAll(async () => {
  await jupiterone.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('all vendors, collected from their simulators', () => {
  it('end with success, each marked as simulated', () => {
    const { status, packages } = JSON.parse(first.stdout) as { status: string; packages: VendorReport[] };

    expect(first.code).toBe(0);
    expect(status).toBe('success');
    expect(packages.map((report) => [report.package, report.status, report.simulated])).toEqual(
      Object.keys(vendors)
        .sort()
        .map((vendor) => [vendor, 'success', true]),
    );
  });

  it.each(Object.entries(vendors))('bring every type that %s declares, and no other', (vendor, config) => {
    const types = new Set(objectsOf('first', vendor).map(({ _type }) => _type));

    expect([...types].sort()).toEqual(typesByDefault(config));
  });

  it.each(Object.keys(vendors))('bring no object of %s twice, and no relationship without its ends', (vendor) => {
    const objects = objectsOf('first', vendor);
    const keys = new Set(objects.map(({ _key }) => _key));

    expect(keys.size).toBe(objects.length);
    const loose = objects.filter(
      ({ _mapping, _fromEntityKey, _toEntityKey }) =>
        _mapping === undefined && [_fromEntityKey, _toEntityKey].some((end) => end !== undefined && !keys.has(end)),
    );
    expect(loose.map(({ _key }) => _key)).toEqual([]);
  });

  it('bring the same graph again', { timeout: RUN_TIMEOUT_MS }, async () => {
    await vendorGraph(['collect', '--all', '--simulate', '--out', join(folder, 'second')]);

    for (const vendor of Object.keys(vendors)) {
      expect(withoutPorts(objectsOf('second', vendor))).toEqual(withoutPorts(objectsOf('first', vendor)));
    }
  });

  it('arrive at JupiterOne exactly as they were collected', { timeout: RUN_TIMEOUT_MS }, async () => {
    const instances = Object.keys(vendors).map((vendor) => [
      `${vendor.toUpperCase()}_INTEGRATION_INSTANCE_ID`,
      `instance-${vendor}`,
    ]);

    const { code } = await vendorGraph(['sync', '--all', '--out', join(folder, 'first')], {
      JUPITERONE_ACCOUNT: 'simulated-account',
      JUPITERONE_API_KEY: JUPITERONE_KEY,
      JUPITERONE_API_BASE_URL: jupiterone.baseUrl,
      ...(Object.fromEntries(instances) as Record<string, string>),
    });

    expect(code).toBe(0);
    for (const vendor of Object.keys(vendors)) {
      expect(await heldBy(`integration:instance-${vendor}`)).toEqual(objectsOf('first', vendor));
    }
  });
});

function objectsOf(run: string, vendor: string): GraphObject[] {
  return graphObjects(join(folder, run, vendor));
}

/** Each simulator listens on another port each time, and an account's link tells it. */
function withoutPorts(objects: readonly GraphObject[]): unknown {
  return JSON.parse(JSON.stringify(objects).replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1'));
}

async function heldBy(scope: string): Promise<GraphObject[]> {
  const headers = { authorization: `Bearer ${JUPITERONE_KEY}`, 'jupiterone-account': 'simulated-account' };
  const answer = await fetch(`${jupiterone.baseUrl}/simulated/graph?scope=${scope}`, { headers });
  const { entities, relationships } = (await answer.json()) as Record<'entities' | 'relationships', GraphObject[]>;
  return [...entities, ...relationships].sort((a, b) => (a._key < b._key ? -1 : 1));
}
