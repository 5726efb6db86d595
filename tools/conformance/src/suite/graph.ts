import { StepResultStatus, type Entity } from '@jupiterone/integration-sdk-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { simulatedRun, type SimulatedRun } from '../run/simulated-run.js';
import { firstAnswersForEver } from '../wire/first-answers-for-ever.js';
import { repeatedRecords } from '../wire/repeated-records.js';
import type { ConformanceSubject } from './subject.js';

/** The graph of the standard data is whole, and as it is declared; odd data change nothing about that. */
export function describeGraph(subject: ConformanceSubject): void {
  const { integrationSteps } = subject.invocationConfig;
  const declaredTypes = new Set(integrationSteps.flatMap(({ entities }) => entities).map(({ _type }) => _type));

  describe('graph', () => {
    let run: SimulatedRun;
    beforeAll(async () => {
      run = await simulatedRun(subject, { simulator: {} });
    });

    // Each object was checked against the schemas of its class and its type when it was added.
    it('is collected without a failure, and all of it fits its schemas', () => {
      expect(run.refusal).toBeUndefined();
      expect(unsuccessful(run)).toEqual([]);
      const declaredPartial = integrationSteps
        .flatMap(({ entities, relationships }) => [...entities, ...relationships])
        .filter(({ partial }) => partial === true)
        .map(({ _type }) => _type);
      expect([...run.partialTypes].filter((type) => !declaredPartial.includes(type))).toEqual([]);
    });

    it.each(integrationSteps.map(({ id, ...step }) => [id, step] as const))(
      'has something of every type that %s declares, and nothing else from it',
      (id, { entities, relationships, mappedRelationships = [] }) => {
        const declared = [...entities, ...relationships, ...mappedRelationships].map(({ _type }) => _type);
        const made = new Set(run.graph.map(({ _type }) => _type));

        expect(declared.filter((type) => !made.has(type))).toEqual([]);
        expect(run.steps[id]?.encounteredTypes.filter((type) => !declared.includes(type))).toEqual([]);
      },
    );

    it('has each object once', () => {
      expect(new Set(run.graph.map(({ _key }) => _key)).size).toBe(run.graph.length);
    });

    it('has classes as they are declared', () => {
      const classes = new Map(
        integrationSteps.flatMap(({ entities }) => entities).map((one) => [one._type, one._class]),
      );
      const other = run.entities.filter(({ _type, _class }) => String(classes.get(_type)) !== String(_class));

      expect(other.map(({ _key, _class }) => [_key, _class])).toEqual([]);
    });

    it('has no relationship without its two ends, each of the declared type', () => {
      const types = new Map(run.entities.map(({ _key, _type }) => [_key, _type]));
      const declared = new Set(
        integrationSteps
          .flatMap(({ relationships }) => relationships)
          .map(({ _type, sourceType, targetType }) => `${_type}: ${sourceType} to ${targetType}`),
      );
      const wrong = run.relationships
        .filter((relationship) => !('_mapping' in relationship))
        .map(
          ({ _type, _fromEntityKey, _toEntityKey }) =>
            `${_type}: ${endType(types, _fromEntityKey)} to ${endType(types, _toEntityKey)}`,
        )
        .filter((found) => !declared.has(found));

      expect(wrong).toEqual([]);
    });

    it('is the same when it is collected again', async () => {
      const again = await simulatedRun(subject, { simulator: {} });

      expect(again.graph).toEqual(run.graph);
    });

    it('is the same when the vendor lists records twice', async () => {
      const small = await simulatedRun(subject);

      const repeated = await simulatedRun(subject, { schedule: () => repeatedRecords });

      expect(unsuccessful(repeated)).toEqual([]);
      expect(repeated.graph).toEqual(small.graph);
    });

    it('of an empty account is collected without a failure', async () => {
      const { samples } = subject.simulator;
      expect(samples).toBeDefined();

      const empty = await simulatedRun(subject, { simulator: { ...samples?.empty } });

      expect(empty.refusal).toBeUndefined();
      expect(unsuccessful(empty)).toEqual([]);
      expect(empty.graph.length).toBeLessThan(run.graph.length);
    });
  });

  describe.each((subject.simulator.samples?.pagedLists ?? []).map((list) => [list.length, list] as const))(
    'list of %s',
    (_name, { length, pageSize, options }) => {
      it('is read to its end wherever a page ends', async () => {
        const countsOf = async (records: number): Promise<Map<string, number>> => {
          const { entities, ...run } = await simulatedRun(subject, { simulator: { ...options, [length]: records } });
          expect({ records, refusal: run.refusal, unsuccessful: unsuccessful(run) }).toEqual({
            records,
            unsuccessful: [],
          });
          return countByType(entities);
        };
        const none = await countsOf(0);
        const lengths = [0, 1, ...[1, 10].flatMap((pages) => [-1, 0, 1].map((more) => pages * pageSize + more))];
        let types: string[] | undefined;
        for (const records of lengths) {
          const counts = await countsOf(records);

          // Of one type at least there are exactly as many as records: which one it is, is the vendor's business.
          types = (types ?? [...declaredTypes]).filter(
            (type) => (counts.get(type) ?? 0) - (none.get(type) ?? 0) === records,
          );
          expect(types.length, `${records} records`).toBeGreaterThan(0);
        }
      });

      it('ends when its first page comes again and again', async () => {
        const simulator = { ...options, [length]: 3 * pageSize };
        const undisturbed = await simulatedRun(subject, { simulator });

        const { requests } = await simulatedRun(subject, { simulator, schedule: firstAnswersForEver(500) });

        // Once more for each list is how a repetition is noticed.
        expect(requests.length).toBeLessThanOrEqual(2 * undisturbed.requests.length);
      });
    },
  );
}

function unsuccessful({ steps }: Pick<SimulatedRun, 'steps'>): string[] {
  return Object.entries(steps)
    .filter(([, { status }]) => status !== StepResultStatus.SUCCESS)
    .map(([id, { status, error }]) => `${id}: ${status} ${error?.message ?? ''}`);
}

function endType(types: ReadonlyMap<string, string>, key: unknown): string {
  return (typeof key === 'string' ? types.get(key) : undefined) ?? 'nothing';
}

function countByType(entities: readonly Entity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { _type } of entities) counts.set(_type, (counts.get(_type) ?? 0) + 1);
  return counts;
}
