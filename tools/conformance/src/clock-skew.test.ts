import { describe, expect, it } from 'vitest';
import { simulatedRun } from './run/simulated-run.js';
import { codeOf } from './suite/subject.js';
import { loadVendors } from './vendors.js';

const HOUR_MS = 3_600_000;
const vendors = await loadVendors();

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s', (_name, vendor) => {
  it.each([
    ['an hour behind', -HOUR_MS],
    ['an hour ahead', HOUR_MS],
  ])(
    'collects everything from a server whose clock is %s, or says that the clocks differ',
    async (_what, clockOffsetMs) => {
      const { small } = { ...vendor.simulator.samples };

      const run = await simulatedRun(vendor, { simulator: { ...small, clockOffsetMs } });

      if (run.refusal === undefined) {
        expect(Object.values(run.steps).map(({ error }) => error)).toEqual(
          Object.values(run.steps).map(() => undefined),
        );
        expect(run.unauthorized).toBeLessThanOrEqual(MOST_REFUSALS);
        return;
      }
      expect(codeOf(run.refusal)).toBe('PROVIDER_AUTHENTICATION_ERROR');
      expect(run.refusal.message).toMatch(/clock/);
      expect(run.graph).toEqual([]);
    },
  );
});

/** One for each request that was under way when the first refusal told the server's time. */
const MOST_REFUSALS = 4;
