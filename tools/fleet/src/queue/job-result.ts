/** Why a run did not bring everything. */
export type Cause =
  /** The vendor, JupiterOne or a vault did not answer. */
  | 'network'
  /** A key was refused. */
  | 'credentials'
  /** The accounts file or the configuration is wrong. */
  | 'configuration'
  /** The upload broke off and was aborted. */
  | 'upload'
  /** The job used more memory than it may. */
  | 'memory'
  /** The process ended without a result. */
  | 'crash';

/** What a run brought: the value of a completed job. No secret, no data of the vendor. */
export interface JobResult {
  account: string;
  vendor: string;
  /** `partial`: some steps failed; what there is was uploaded, and nothing of the partial types was deleted. */
  status: 'success' | 'partial';
  collectMs: number;
  /** Absent without a target. */
  syncMs?: number;
  entities: number;
  relationships: number;
  /** Types of which not everything could be read. */
  partialTypes: readonly string[];
  /** Steps that failed. */
  failedSteps: readonly string[];
  /** JupiterOne's id of the upload. */
  uploadId?: string;
}
