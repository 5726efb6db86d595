import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { BodySource, IdleTimeout } from './body-source.js';
import type { Transmission } from './transmission.js';

it('ends a stall also when the time that is left is a rounding error', async () => {
  const clock = new VirtualClock();
  let fail: (reason: Error) => void = () => undefined;
  const silent = {
    next: () =>
      new Promise<never>((_resolve, reject) => {
        fail = reject;
      }),
    abort: (reason: Error) => {
      fail(reason);
    },
  } as unknown as Transmission;

  const reading = clock.run(async () => {
    await clock.sleep(160_005.51460908508);
    const source = new BodySource(silent, clock, 120_000);
    // When the timer fires a second time, 3e-11 ms are left: so little that adding it to the time changes nothing.
    await clock.sleep(35.31537499547578);
    await source[Symbol.asyncIterator]().next();
  });

  await expect(reading).rejects.toBeInstanceOf(IdleTimeout);
});
