import { systemClock } from '@vendor-graph/flow-control';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { RequestsUnderWay } from '@vendor-graph/http/testing';
import { vi } from 'vitest';

/** When virtual time begins, unless a test says otherwise: simulators make the same data each time. */
export const START = Date.UTC(2026, 0, 15, 9, 30);

const RealDate = Date;

/**
 * Runs work in virtual time: the clock that all vendors take by default, and `Date` (signatures of some vendors read it),
 * tell the time of a clock that stands still while requests are under way and jumps to the next waiter otherwise. A wait
 * of an hour takes no time, and happens at the same moment in each run.
 *
 * One at a time in a process.
 *
 * @param work gets the clock
 * @param isHeld how many requests are deliberately left without an answer; time goes on while all that are under way are
 */
export async function inVirtualTime<T>(
  work: (clock: VirtualClock) => Promise<T>,
  { isHeld = () => 0, start = START }: { isHeld?: () => number; start?: number } = {},
): Promise<T> {
  const clock = new VirtualClock(start);
  const underWay = new RequestsUnderWay();
  const replaced = [
    vi.spyOn(systemClock, 'now').mockImplementation(() => clock.now()),
    vi.spyOn(systemClock, 'monotonic').mockImplementation(() => clock.monotonic()),
    vi.spyOn(systemClock, 'after').mockImplementation((ms, act) => clock.after(ms, act)),
    vi.spyOn(systemClock, 'sleep').mockImplementation((ms, signal) => clock.sleep(ms, signal)),
    vi.spyOn(Math, 'random').mockImplementation(evenJitter()),
  ];
  vi.stubGlobal('Date', dateOf(clock));
  try {
    return await clock.run(() => work(clock), { busy: () => underWay.count > isHeld() });
  } finally {
    vi.stubGlobal('Date', RealDate);
    for (const spy of replaced) spy.mockRestore();
    underWay.stop();
  }
}

/** From a quarter to three quarters, the same in each run: no back-off is so short that a passing fault outlasts them all. */
function evenJitter(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return 0.25 + state / 2_147_483_647 / 2;
  };
}

function dateOf(clock: VirtualClock): DateConstructor {
  return class extends RealDate {
    constructor(...parts: [] | [value: number | string | Date]) {
      if (parts.length === 0) super(clock.now());
      else super(...parts);
    }

    static override now(): number {
      return clock.now();
    }
  } as DateConstructor;
}
