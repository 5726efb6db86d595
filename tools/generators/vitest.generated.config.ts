import { join } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** Vendors that are generated in a copy of the workspace, which takes minutes: a target of its own, with a result of its own. */
const config: ViteUserConfig = {
  ...base,
  test: {
    ...base.test,
    include: ['generated-test/**/*.test.ts'],
    // Each copies the workspace and starts Nx, which by itself uses all processors.
    fileParallelism: false,
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'generators-generated.json') }]],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
  },
};
export default config;
