import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** What needs a Redis, which the tests start themselves, is a target of its own with a result of its own. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['fleet-test/**/*.test.ts'],
    // Some tests wait for leases to end, others for processors.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'fleet-redis.json') }]],
  },
});
