import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
const LONGEST_MS = 90_000;

/** Waits for something that other processes do; the test fails when it does not happen in a very long time. */
export async function until(
  what: string,
  happened: () => boolean | Promise<boolean>,
  longestMs = LONGEST_MS,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<void> {
  const end = performance.now() + longestMs;
  while (!(await happened())) {
    if (performance.now() > end) throw new Error(`It did not happen within ${longestMs / 1_000} s: ${what}`);
    await sleep(lookEveryMs);
  }
}
