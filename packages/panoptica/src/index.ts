import { panopticaIntegration } from './integration.js';

export type { PanopticaConfig } from './config.js';

/** What JupiterOne's runtime and the command `vendor-graph` run. */
export const invocationConfig = panopticaIntegration();
