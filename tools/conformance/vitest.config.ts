import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** The longest of all test runs, and by its place in the graph the last: when it runs, nothing else needs the machine. */
export default defineConfig({ ...base, test: { ...base.test, maxWorkers: 2 } });
