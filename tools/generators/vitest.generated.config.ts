import { join } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** Vendors that are generated in a copy of the workspace, which takes minutes: a target of its own, with a result of its own. */
const config: ViteUserConfig = {
  ...base,
  test: {
    ...base.test,
    include: ['generated-test/**/*.test.ts'],
    globalSetup: ['generated-test/provide-workspace.ts'],
    // They generate into one copy of the workspace, and what they start uses all processors by itself.
    fileParallelism: false,
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'generators-generated.json') }]],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
  },
};
export default config;
