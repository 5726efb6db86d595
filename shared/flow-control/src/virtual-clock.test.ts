import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.js';

describe('VirtualClock', () => {
  it('stands still by itself and starts at the given moment', async () => {
    const clock = new VirtualClock(5_000);

    await turn();

    expect([clock.now(), clock.monotonic()]).toEqual([5_000, 0]);
  });

  it('wakes sleepers in the order of their time, then of their falling asleep', async () => {
    const clock = new VirtualClock();
    const woken: string[] = [];
    const sleep = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.monotonic()}`);
    };

    const all = Promise.all([sleep('late', 30), sleep('first', 10), sleep('second', 10), sleep('now', 0)]);
    await clock.advance(30);
    await all;

    expect(woken).toEqual(['now at 0', 'first at 10', 'second at 10', 'late at 30']);
  });

  it('lets a sleeper fall asleep again while time passes', async () => {
    const clock = new VirtualClock();
    const ticks: number[] = [];

    const ticking = (async () => {
      for (let tick = 0; tick < 3; tick++) {
        await clock.sleep(10);
        ticks.push(clock.monotonic());
      }
    })();
    await clock.advance(25);
    const seen = [...ticks];
    await clock.advance(5);
    await ticking;

    expect(seen).toEqual([10, 20]);
    expect(ticks).toEqual([10, 20, 30]);
    expect(clock.monotonic()).toBe(30);
  });

  it('forgets a sleeper whose signal aborts', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const reason = new Error('enough');

    const sleep = clock.sleep(10, controller.signal);
    const before = clock.pendingSleeps;
    controller.abort(reason);

    await expect(sleep).rejects.toBe(reason);
    expect([before, clock.pendingSleeps]).toEqual([1, 0]);
  });

  it('rejects at once when the signal has aborted before', async () => {
    const reason = new Error('enough');

    await expect(new VirtualClock().sleep(10, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('calls when it is time, unless that was cancelled', async () => {
    const clock = new VirtualClock();
    const calls: string[] = [];
    const note = (name: string) => () => calls.push(`${name} at ${clock.monotonic()}`);
    clock.after(20, note('second'));
    const cancel = clock.after(15, note('cancelled'));
    clock.after(10, note('first'));
    const before = clock.pendingSleeps;

    cancel();
    await clock.advance(30);

    expect(calls).toEqual(['first at 10', 'second at 20']);
    expect([before, clock.pendingSleeps]).toEqual([3, 0]);
  });

  it('refuses to call after a time that is not a number', () => {
    expect(() => new VirtualClock().after(NaN, () => undefined)).toThrow(RangeError);
  });

  it.each([NaN])('refuses to sleep for %d ms', async (ms) => {
    await expect(new VirtualClock().sleep(ms)).rejects.toThrow(RangeError);
  });

  it.each([-1, NaN])('does not go back: advance(%d) throws', async (ms) => {
    await expect(new VirtualClock().advance(ms)).rejects.toThrow(RangeError);
  });

  it('runs work to its end in no time', async () => {
    const clock = new VirtualClock();

    const result = await clock.run(async () => {
      await Promise.all([clock.sleep(60_000), clock.sleep(3_600_000)]);
      return 'done';
    });

    expect([result, clock.monotonic(), clock.pendingSleeps]).toEqual(['done', 3_600_000, 0]);
  });

  it('hands on the error of the work', async () => {
    const clock = new VirtualClock();

    const run = clock.run(async () => {
      await clock.sleep(1);
      throw new Error('broken');
    });

    await expect(run).rejects.toThrow('broken');
  });

  it('stands still while something is busy in real time', async () => {
    const clock = new VirtualClock();
    let busy = true;

    await clock.run(
      async () => {
        const timeout = clock.sleep(100);
        for (let turns = 0; turns < 50; turns++) await turn();
        expect(clock.monotonic()).toBe(0);
        busy = false;
        await timeout;
      },
      { busy: () => busy },
    );

    expect(clock.monotonic()).toBe(100);
  });

  it('does not jump to a sleeper that waits for its signal alone', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();

    await clock.run(async () => {
      const forever = clock.sleep(Infinity, controller.signal).catch(() => undefined);
      for (let turns = 0; turns < 20; turns++) await turn();
      controller.abort();
      await forever;
    });

    expect(clock.monotonic()).toBe(0);
  });
});
