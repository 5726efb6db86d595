export { RetainingStore } from './in-memory-run/retaining-store.js';
export { runIntegration, type Run, type RunOptions, type StepOutcome } from './in-memory-run/run-integration.js';
