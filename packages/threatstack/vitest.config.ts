import { mergeConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** Steps are tested against a simulator over real sockets; on a busy machine that takes its time. */
export default mergeConfig(base, { test: { testTimeout: 60_000 } });
