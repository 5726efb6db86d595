import type {
  IntegrationInstance,
  IntegrationLogger,
  JobState,
  StepAuthorization,
  StepEntityMetadata,
  StepMappedRelationshipMetadata,
  StepRelationshipMetadata,
} from '@jupiterone/integration-sdk-core';
import type { SharedLimit } from '@vendor-graph/flow-control';

/** What is known about an execution before its first step. */
export interface VendorExecution {
  logger: IntegrationLogger;
  instance: IntegrationInstance;
  /** When the execution began, in milliseconds since the epoch. */
  startedOn: number;
}

/** What is known about an execution when its client is made. */
export interface ClientExecution extends VendorExecution {
  /**
   * For the client's rate limiter: the limit of an organization or account, when this execution's surroundings keep it
   * for several processes.
   *
   * @param key tells one organization from another; not a secret
   */
  readonly sharedLimit: (key: string) => SharedLimit | undefined;
}

/** What a step works with. `logger` is the step's own. */
export interface VendorStepContext<Config, Client> extends VendorExecution {
  /** The execution's one client: its connections and its rate limit are shared by all steps. */
  client: Client;
  config: Config;
  jobState: JobState;
}

/** One step of a vendor: the SDK's metadata, and what it does. */
export interface VendorStep<Config, Client> {
  readonly id: string;
  /** For users, e.g. "Fetch agents". */
  readonly name: string;
  /** Every type that the step can add. A type that is not declared here is not kept when the step fails. */
  readonly entities: readonly StepEntityMetadata[];
  readonly relationships: readonly StepRelationshipMetadata[];
  readonly mappedRelationships?: readonly StepMappedRelationshipMetadata[];
  /** Ids of the steps that have to end before this one begins. */
  readonly dependsOn?: readonly string[];
  /** The ingestion source that switches this step on and off. */
  readonly ingestionSourceId?: string;
  /** What the credentials must permit, for the documentation. */
  readonly authorization?: StepAuthorization;
  /** Throws when not everything could be read: a step that returns is taken for complete, the rest is deleted. */
  readonly run: (context: VendorStepContext<Config, Client>) => Promise<void>;
}
