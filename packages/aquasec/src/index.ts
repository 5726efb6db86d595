export { invocationConfig } from './integration.js';
export type { AquasecConfig } from './config.js';
