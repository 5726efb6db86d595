import type { VendorStep, VendorStepContext } from '@vendor-graph/integration';
import type { ThreatStackClient } from '../client.js';
import type { ThreatStackConfig } from '../config.js';

/** A step of this package, and what it works with. */
export type ThreatStackStep = VendorStep<ThreatStackConfig, ThreatStackClient>;
export type ThreatStackStepContext = VendorStepContext<ThreatStackConfig, ThreatStackClient>;
