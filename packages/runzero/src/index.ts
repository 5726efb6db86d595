import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { runZeroIntegration } from './integration.js';

export type { RunZeroConfig } from './config.js';

/** runZero as a JupiterOne integration. */
export const invocationConfig: IntegrationInvocationConfig = runZeroIntegration();
