import { describe, expect, it } from 'vitest';
import { expectNothingLost } from '../run/expect-nothing-lost.js';
import { simulatedRun } from '../run/simulated-run.js';
import { resourceOf } from '../wire/resources.js';
import type { WireFault } from '../wire/wire-proxy.js';
import { codeOf, type ConformanceSubject } from './subject.js';

const forbidden: WireFault = ({ socket }) => {
  socket.write(
    'HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: 22\r\n\r\n{"message":"no right"}'.replace(
      '21',
      '22',
    ),
  );
};

/** A 403 is never an empty list. */
export function describeRefusals(subject: ConformanceSubject): void {
  const { refusable = [] } = subject.simulator.samples ?? {};

  describe('refusals', () => {
    it('of each resource in turn fail what reads it, and nothing else', async () => {
      const undisturbed = await simulatedRun(subject);
      for (const refused of undisturbed.resources) {
        const run = await simulatedRun(subject, {
          schedule: (request) => (resourceOf(request) === refused ? forbidden : undefined),
        });

        if (refusable.includes(refused)) {
          expect(run.events.map(({ name }) => name)).toContain('warn_missing_permission');
          continue;
        }
        expectNothingLost(run, undisturbed.graph);
        const errors = [run.refusal, ...Object.values(run.steps).map(({ error }) => error)].filter(
          (one) => one !== undefined,
        );
        for (const error of errors) expect(codeOf(error), refused).toMatch(/^PROVIDER_AUTH/);
      }
    });
  });
}
