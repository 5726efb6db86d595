import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** What makes network namespaces, which not everybody may, is a target of its own. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['network-test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'fleet-network.json') }]],
  },
});
