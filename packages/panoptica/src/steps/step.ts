import type { VendorStep } from '@vendor-graph/integration';
import type { PanopticaClient } from '../client.js';
import type { PanopticaConfig } from '../config.js';

/** A step of this package, and what it works with. */
export type PanopticaStep = VendorStep<PanopticaConfig, PanopticaClient>;
