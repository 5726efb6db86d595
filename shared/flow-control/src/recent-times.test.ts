import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentTimes } from './recent-times.js';

describe('RecentTimes', () => {
  it('tells how many moments are not forgotten, and the newest ones', () => {
    const times = new RecentTimes();
    for (const time of [10, 20, 20, 30, 40]) times.push(time);

    times.forgetUntil(20);

    expect(times.size).toBe(2);
    expect([1, 2, 3].map((count) => times.newest(count))).toEqual([40, 30, undefined]);
  });

  it('behaves like an array, whatever is pushed, shifted and forgotten', () => {
    const steps = fc.array(fc.record({ by: fc.nat(5), then: fc.constantFrom('keep', 'shift', 'forget', 'clear') }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const times = new RecentTimes();
        let model: number[] = [];
        let now = 0;
        for (const { by, then } of all) {
          now += by;
          times.push(now);
          model.push(now);
          if (then === 'shift') expect(times.shift()).toBe(model.shift());
          if (then === 'forget') {
            times.forgetUntil(now - 10);
            model = model.filter((time) => time > now - 10);
          }
          if (then === 'clear') {
            times.clear();
            model = [];
          }
          expect([times.size, times.newest(2)]).toEqual([model.length, model.at(-2)]);
        }
      }),
      { seed: 1 },
    );
  });
});
