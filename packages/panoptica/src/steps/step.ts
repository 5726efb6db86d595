import type { VendorStep, VendorStepContext } from '@vendor-graph/integration';
import type { PanopticaClient } from '../client.js';
import type { PanopticaConfig } from '../config.js';

/** A step of this package, and what it works with. */
export type PanopticaStep = VendorStep<PanopticaConfig, PanopticaClient>;
export type PanopticaStepContext = VendorStepContext<PanopticaConfig, PanopticaClient>;
