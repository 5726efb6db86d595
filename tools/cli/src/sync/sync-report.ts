import type { RunStatus } from '../collect/run-status.js';
import type { TypeChange } from './planned-changes.js';

/** How many objects JupiterOne changed. */
export interface ChangeCounts {
  uploaded: number;
  created: number;
  updated: number;
  deleted: number;
}

/** What `sync` did, or with `--dry-run` would do, for one vendor; also its `--json` document. */
export interface SyncReport {
  package: string;
  status: RunStatus;
  dryRun: boolean;
  simulated: boolean;
  graph: string;
  /** Types of which JupiterOne deletes nothing. */
  partialTypes: readonly string[];
  /** JupiterOne's id of the job; absent when nothing was finalized. */
  jobId?: string;
  entities?: ChangeCounts;
  relationships?: ChangeCounts;
  /** With `--dry-run`. */
  changes?: readonly TypeChange[];
  /** With `--dry-run`: what the graph was compared with. */
  comparedWith?: string;
  error?: string;
  /** Why JupiterOne did not let the upload begin: it said so, or it did not answer. */
  errorCode?: 'REFUSED' | 'UNREACHABLE';
}
