import type { VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import type { AquasecConfig } from '../config.js';

/** A step of this package, and what it works with. */
export type AquasecStep = VendorStep<AquasecConfig, AquasecClient>;
