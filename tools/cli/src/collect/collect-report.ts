import type { RunStatus } from './run-status.js';

/** Objects by type. */
export type CountsByType = Record<string, number>;

/** How a step ended. */
export interface StepReport {
  id: string;
  /** As the SDK says it: success, failure, partial_success_due_to_dependency_failure, disabled. */
  status: string;
  durationMs: number;
  /** Why it failed. */
  error?: string;
}

/** What the HTTP clients of a run did. */
export interface HttpFigures {
  requests: number;
  retries: number;
  /** All waits for a rate limit added up; several may pass at the same time. */
  rateLimitWaitMs: number;
  /** Of answers' bodies, as received. */
  bytes: number;
}

/** What `collect --json` writes for one vendor. Its form is a contract: programs read it. */
export interface CollectReport {
  package: string;
  status: RunStatus;
  simulated: boolean;
  durationMs: number;
  entities: CountsByType;
  relationships: CountsByType;
  mappedRelationships: CountsByType;
  steps: StepReport[];
  http: HttpFigures;
  /** The folder of the graph. */
  graph: string;
  /** Why nothing could be collected. */
  error?: string;
  /** What kind of reason that is: `CONFIGURATION`, a code of the SDK (`PROVIDER_AUTHENTICATION_ERROR`, …), or `UNEXPECTED`. */
  errorCode?: string;
}

/** What `collect --json` writes for several vendors. */
export interface JointReport {
  status: RunStatus;
  packages: CollectReport[];
}
