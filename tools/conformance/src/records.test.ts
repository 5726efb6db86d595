import { StepResultStatus } from '@jupiterone/integration-sdk-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_RECORDS, hostileVariants } from './hostile-records.js';
import { keysByType } from './run/graph.js';
import { simulatedRun, type SimulatedRun } from './run/simulated-run.js';
import { codeOf } from './suite/subject.js';
import { loadVendors } from './vendors.js';
import { changedRecords } from './wire/changed-records.js';

/** Printed when a property fails, together with the path to the smallest counter-example. */
const SEED = 20_260_115;
const RUNS = 12;

const vendors = await loadVendors();

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('records of %s', (_name, vendor) => {
  let undisturbed: SimulatedRun;
  beforeAll(async () => {
    undisturbed = await simulatedRun(vendor);
  });

  it.each(HOSTILE_RECORDS)('are data, whatever stands between them: %s', async (_what, record) => {
    const run = await simulatedRun(vendor, {
      schedule: () => changedRecords((records) => [...records.slice(0, 1), record, ...records.slice(1)]),
    });

    expectSound(run);
    if (isComplete(run)) expectNothingMissing(run, undisturbed);
  });

  it('are data, whatever stands in one of their fields', async () => {
    for (const hostile of hostileVariants()) {
      const run = await simulatedRun(vendor, {
        schedule: () =>
          changedRecords((records) => records.map((record, index) => (index === 0 ? hostile(record) : record))),
      });

      expectSound(run);
    }
  });

  it('are left out, or fail the step, when anything else stands in their place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 4 }), async (values) => {
        const run = await simulatedRun(vendor, {
          schedule: () =>
            changedRecords((records) =>
              records.map((record, index) => (index % 2 === 0 ? values[index % values.length] : record)),
            ),
        });

        expectSound(run);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('are never half read when single fields are missing or hold something else', async () => {
    const change = fc.record({
      field: fc.nat(40),
      value: fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 2 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const run = await simulatedRun(vendor, {
          schedule: () => changedRecords((records) => records.map((record) => withChanges(record, changes))),
        });

        expectSound(run);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

/** Whatever came in: typed errors, a graph that fits its schemas, no object half made, nothing outside of it changed. */
function expectSound({ refusal, steps, entities, relationships }: SimulatedRun): void {
  const errors = [refusal, ...Object.values(steps).map(({ error }) => error)].filter((error) => error !== undefined);
  for (const error of errors) expect(codeOf(error), error.message).toMatch(/^PROVIDER_|^CONFIG_VALIDATION_ERROR$/);
  for (const { _key, _type, _class } of [...entities, ...relationships]) {
    expect([typeof _key, typeof _type]).toEqual(['string', 'string']);
    expect(_class).toBeDefined();
  }
  const ends = new Set(entities.map(({ _key }) => _key));
  const loose = relationships.filter(
    (relationship) =>
      !('_mapping' in relationship) &&
      !(ends.has(relationship['_fromEntityKey']) && ends.has(relationship['_toEntityKey'])),
  );
  expect(loose.map(({ _key }) => _key)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

function isComplete({ refusal, steps }: SimulatedRun): boolean {
  return refusal === undefined && Object.values(steps).every(({ status }) => status === StepResultStatus.SUCCESS);
}

function expectNothingMissing(run: SimulatedRun, undisturbed: SimulatedRun): void {
  const found = keysByType(run.graph);
  for (const [type, keys] of keysByType(undisturbed.graph))
    expect(found.get(type) ?? []).toEqual(expect.arrayContaining(keys));
}

/** A record in which some fields, told by their number, are gone or hold something else. */
function withChanges(record: unknown, changes: readonly { field: number; value: unknown }[]): unknown {
  const fields = Object.entries(record as object);
  for (const { field, value } of changes) {
    const at = field % fields.length;
    fields[at] = [fields[at]?.[0] ?? '', value];
  }
  return Object.fromEntries(fields);
}
