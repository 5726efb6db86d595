import { StepResultStatus } from '@jupiterone/integration-sdk-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPage, RELIABILITY_PAGE } from './pages.js';
import { expectNothingLost } from './run/expect-nothing-lost.js';
import { simulatedRun, type SimulatedRun } from './run/simulated-run.js';
import { loadVendors, type Vendor } from './vendors.js';
import { matrixTable, writeMatrix, type MatrixRow } from './wire/matrix-table.js';
import { resourceOf } from './wire/resources.js';
import { WIRE_FAULTS, type FaultCase } from './wire/wire-faults.js';
import type { FaultSchedule } from './wire/wire-proxy.js';

const vendors = await loadVendors();
const rows: MatrixRow[] = [];

afterAll(() => {
  writeMatrix(rows);
});

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s survives', (_name, vendor) => {
  let undisturbed: SimulatedRun;
  beforeAll(async () => {
    undisturbed = await simulatedRun(vendor);
  });

  it.each(WIRE_FAULTS.map((fault) => [fault.name, fault] as const))(
    'at the first request for each resource: %s',
    async (_fault, fault) => {
      const run = await simulatedRun(vendor, { schedule: once(fault) });

      expectNothingLost(run, undisturbed.graph);
      expectOutcome(vendor, fault, 'once', run);
      if (outcomeOf(run) === 'complete') expect(run.graph).toEqual(undisturbed.graph);
    },
  );

  it.each(WIRE_FAULTS.map((fault) => [fault.name, fault] as const))(
    'at every request for one resource: %s',
    async (_fault, fault) => {
      // The one that was asked for last is none that the credentials are checked with.
      const struck = undisturbed.resources.at(-1);

      const run = await simulatedRun(vendor, {
        schedule: (request) => (resourceOf(request) === struck ? fault.strike : undefined),
      });

      expectNothingLost(run, undisturbed.graph);
      expectOutcome(vendor, fault, 'always', run);
      if (outcomeOf(run) === 'complete') expect(run.graph).toEqual(undisturbed.graph);
    },
  );
});

it('is documented as it is', () => {
  const documented = WIRE_FAULTS.map(({ name, once: onceOutcome, always }) => ({
    fault: name,
    once: onceOutcome,
    always,
  }));

  expect(readPage(RELIABILITY_PAGE)).toContain(matrixTable(documented));
});

/** Strikes the first request for each resource; a fault that hits all connections, once in the middle of the run. */
function once(fault: FaultCase): FaultSchedule {
  const seen = new Set<string>();
  return (request) => {
    const resource = resourceOf(request);
    if (seen.has(resource)) return undefined;
    seen.add(resource);
    return fault.hitsAll === true && seen.size !== 2 ? undefined : fault.strike;
  };
}

function outcomeOf({ refusal, steps }: SimulatedRun): 'complete' | 'error' {
  const failed = Object.values(steps).some(({ status }) => status === StepResultStatus.FAILURE);
  return refusal !== undefined || failed ? 'error' : 'complete';
}

function expectOutcome({ name }: Vendor, fault: FaultCase, when: 'once' | 'always', run: SimulatedRun): void {
  const outcome = outcomeOf(run);
  rows.push({ fault: fault.name, when, vendor: name, outcome });
  expect(fault[when].split(' or ')).toContain(outcome);
}
