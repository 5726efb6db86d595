import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** The page's own code is tested here, too, as far as it needs no browser. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['src/**/*.test.ts', 'graph-page/**/*.test.ts'] },
});
