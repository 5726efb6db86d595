import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { vendorGraph } from './vendor-graph.js';

const RUN_TIMEOUT_MS = 120_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['the account key', [], true],
  ['an export token', ['--simulated-credentials', 'export-token'], false],
])(
  'collects runZero from its simulator with %s',
  async (_what, args, hasOrganizations) => {
    // A real account's settings are not even read: nothing listens at this address.
    const real = { RUNZERO_ACCOUNT_API_KEY: 'of-a-real-account', RUNZERO_API_BASE_URL: 'http://127.0.0.1:1' };

    const { code, stdout } = await vendorGraph(
      ['collect', 'runzero', '--simulate', '--json', '--out', folder, ...args],
      real,
    );

    const report = JSON.parse(stdout) as { simulated: boolean; entities: Record<string, number> };
    expect(code).toBe(0);
    expect(report.simulated).toBe(true);
    expect('rumble_asset' in report.entities).toBe(true);
    expect('rumble_organization' in report.entities).toBe(hasOrganizations);
  },
  RUN_TIMEOUT_MS,
);

it(
  'knows the kinds of credentials of a simulator',
  async () => {
    const { code, stderr } = await vendorGraph([
      'collect',
      'runzero',
      '--simulated-credentials',
      'export-tokn',
      '--out',
      folder,
    ]);

    expect(stderr).toContain('The simulator of runzero has no credentials "export-tokn". Did you mean export-token?');
    expect(code).toBe(1);
  },
  RUN_TIMEOUT_MS,
);
