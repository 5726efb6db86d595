import { startSimulator, type Simulator, type StartOptions } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { RunZeroClient, type Inventory } from './client.js';
import { ASSETS } from './export/export-resources.js';

const ROUTE = 'GET /api/v1.0/export/org/assets.jsonl';

let simulator: Simulator | undefined;
let client: RunZeroClient | undefined;

afterEach(async () => {
  await client?.close();
  await simulator?.close();
});

async function inventoryOf(options: StartOptions<'runzero'>): Promise<{ inventory: Inventory; simulator: Simulator }> {
  simulator = await startSimulator('runzero', options);
  const { exportToken } = simulator.credentials['export-token'] ?? {};
  client = new RunZeroClient({ apiBaseUrl: simulator.baseUrl, exportToken });
  return { inventory: await client.ownInventory(), simulator };
}

describe('RunZeroClient', () => {
  it('hands lines on forty at a time', async () => {
    const { inventory } = await inventoryOf({ assets: 100 });
    const sizes: number[] = [];

    for await (const batch of inventory.batches(ASSETS)) sizes.push(batch.length);

    expect(sizes).toEqual([40, 40, 20]);
  });

  it('hands long lines on a megabyte at a time', async () => {
    const { inventory } = await inventoryOf({ assets: 8, assetBytes: 400_000 });
    const sizes: number[] = [];

    for await (const batch of inventory.batches(ASSETS)) sizes.push(batch.length);

    expect(sizes).toEqual([4, 4]);
  });

  it('ends the request when nobody wants the rest', async () => {
    const {
      inventory,
      simulator: { traffic },
    } = await inventoryOf({ assets: 1_000_000 });

    for await (const batch of inventory.batches(ASSETS)) {
      expect(batch).toHaveLength(40);
      break;
    }

    expect(traffic.count(ROUTE)).toBe(1);
    await expect.poll(() => traffic.requests.at(-1)?.status).toBe(200);
  });

  it('does not read on while a batch is in work', async () => {
    const {
      inventory,
      simulator: { traffic },
    } = await inventoryOf({ assets: 50_000, assetBytes: 4_096 });
    const batches = inventory.batches(ASSETS);
    await batches.next();

    // Far more than there is fits through a loopback socket in this time, if anybody reads.
    for (let turn = 0; turn < 2_000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await batches.return();

    await expect.poll(() => traffic.bytes).toBeGreaterThan(0);
    expect(traffic.bytes).toBeLessThan(20_000_000);
  });

  it('needs a credential', () => {
    expect(() => new RunZeroClient({ apiBaseUrl: 'https://console.runzero.com/api/v1.0' })).toThrow(TypeError);
  });
});
