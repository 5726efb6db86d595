export { RetainingStore } from './retaining-store.js';
export { runIntegration, type Run, type RunOptions, type StepOutcome } from './run-integration.js';
