import { mergeConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

/** These scripts run before anything is built, so they and their tests are plain JavaScript. */
export default mergeConfig(base, { test: { include: ['*.test.mjs'] } });
