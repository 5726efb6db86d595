import { performance } from 'node:perf_hooks';

/**
 * Measures how busy this process is: each call of what it gives answers the share of the time since the call before, from
 * 0 to 1, in which the process computed and did not wait for anything.
 */
export function loopUtilization(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
