import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** What needs a registry is a target of its own, with a result of its own. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // Nx colours what its tasks print; what the programs here print is compared.
    env: { FORCE_COLOR: '0' },
    include: ['registry-test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'release-registry.json') }]],
    // Installs come from a registry, over a network.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
