/** What `--json` writes; for programs that start the command. */
export type { CollectReport, JointReport } from './collect/collect-report.js';
export type { SyncReport } from './sync/sync-report.js';
