import type { VendorStep, VendorStepContext } from '@vendor-graph/integration';
import type { RunZeroClient } from '../client.js';
import type { RunZeroConfig } from '../config.js';

/** A step of this package, and what it works with. */
export type RunZeroStep = VendorStep<RunZeroConfig, RunZeroClient>;
export type RunZeroStepContext = VendorStepContext<RunZeroConfig, RunZeroClient>;
