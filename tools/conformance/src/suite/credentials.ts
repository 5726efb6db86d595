import { describe, expect, it } from 'vitest';
import { simulatedRun, type SimulatedRun } from '../run/simulated-run.js';
import { changedValue } from './changed-value.js';
import { neededFields } from './configuration.js';
import { codeOf, fieldsOf, isAddress, type ConformanceSubject } from './subject.js';

/** Right credentials are accepted, each wrong one is refused before anything is collected. */
export function describeCredentials(subject: ConformanceSubject): void {
  const masked = fieldsOf(subject)
    .filter(([, { mask }]) => mask === true)
    .map(([name]) => name);

  describe('credentials', () => {
    it('are accepted when they are right', async () => {
      const { refusal, graph } = await simulatedRun(subject);

      expect(refusal).toBeUndefined();
      expect(graph.length).toBeGreaterThan(0);
    });

    it('of every other kind that the simulator knows collect something, or are refused', async () => {
      for (const kind of await kindsOf(subject)) {
        const { refusal, graph } = await simulatedRun(subject, { credentials: kind });

        if (refusal === undefined) expect(graph.length).toBeGreaterThan(0);
        else {
          expect(codeOf(refusal), kind).toMatch(/^PROVIDER_AUTH/);
          expect(graph).toEqual([]);
        }
      }
    });

    it('are refused when one is wrong, before anything is collected', async () => {
      for (const kind of await kindsOf(subject)) {
        const { config } = await simulatedRun(subject, { credentials: kind });
        for (const field of neededFields(subject, config).filter((name) => !isAddress(name))) {
          const wrong = changedValue(String(config[field]));

          const run = await simulatedRun(subject, {
            credentials: kind,
            config: (right) => ({ ...right, [field]: wrong }),
          });

          if (masked.includes(field)) expect(run.refusal).toMatchObject({ code: 'PROVIDER_AUTHENTICATION_ERROR' });
          else
            expect({ field, isHandled: run.refusal !== undefined || !isSent(run, wrong) }).toEqual({
              field,
              isHandled: true,
            });
          if (run.refusal !== undefined) expect(run.graph).toEqual([]);
          if (masked.includes(field)) expect(run.said).not.toContain(wrong);
        }
      }
    });
  });
}

async function kindsOf({ simulator }: ConformanceSubject): Promise<string[]> {
  const running = await simulator.start(simulator.samples?.empty);
  await running.close();
  return Object.keys(running.credentials);
}

/** Whether a value leaves the machine at all: a wrong label is nobody's business. */
function isSent({ requests }: SimulatedRun, value: string): boolean {
  return requests.some(({ target, headers, body }) =>
    [target, ...Object.values(headers), body.toString()].some((text) => text.includes(value)),
  );
}
