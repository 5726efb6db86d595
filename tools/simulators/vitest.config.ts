import { mergeConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** Real sockets and child processes, on a machine that may be busy with other projects' tests. */
export default mergeConfig(base, { test: { testTimeout: 60_000 } });
