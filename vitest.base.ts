import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const workspaceRoot = dirname(fileURLToPath(import.meta.url));
/** Workspace packages are tested from their TypeScript source, so that no test runs against a stale build. */
const conditions = ['@vendor-graph/source', 'node', 'import', 'default'];

/** The test settings that every project shares; a project's vitest.config.ts re-exports them. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // The SDK takes a second to load: once for each worker, not for each file. Our modules keep no state of their own.
    isolate: false,
    // No test waits for time to pass; a busy machine may still need long for one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: [
      'default',
      ['json', { outputFile: join(workspaceRoot, 'test-results', `${basename(process.cwd())}.json`) }],
    ],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts'] },
  },
});
