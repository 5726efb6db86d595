import { threatStackIntegration } from './integration.js';

export type { ThreatStackConfig } from './config.js';

/** What JupiterOne's runtime and the command `vendor-graph` run. */
export const invocationConfig = threatStackIntegration();
