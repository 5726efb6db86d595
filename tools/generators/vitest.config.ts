import type { ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.js';

/** Vitest hands its conditions to require() as well: with "import" among them, Nx would get an ES module of its templates. */
const resolve = { conditions: ['node', 'default'] };

const config: ViteUserConfig = { ...base, resolve, ssr: { resolve } };
export default config;
