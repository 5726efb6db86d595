import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** What needs a browser is a target of its own, with a result of its own: the other tests need nothing but Node. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['browser-test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: join('..', '..', 'test-results', 'cli-browser.json') }]],
  },
});
