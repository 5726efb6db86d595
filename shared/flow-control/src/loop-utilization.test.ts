import { describe, expect, it } from 'vitest';
import { loopUtilization } from './loop-utilization.js';

describe('loopUtilization', () => {
  it('answers a share of the time since the call before', async () => {
    const utilization = loopUtilization();

    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const share = utilization();
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });
});
