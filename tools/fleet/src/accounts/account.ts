/** Where a secret comes from. */
export type SecretSource = { env: string } | { file: string } | { command: readonly string[] };

/** A JupiterOne account that graphs are uploaded to. */
export interface SyncTarget {
  name: string;
  account: string;
  apiKey: SecretSource;
  apiBaseUrl?: string;
}

/** When an account is collected. */
export interface Schedule {
  cron: string;
  /** IANA name. */
  timeZone: string;
  spreadMs: number;
}

/** How often a run that failed for a passing reason is repeated. */
export interface RetryRule {
  attempts: number;
  delayMs: number;
}

/** One vendor account of the fleet, with the defaults of its file. */
export interface Account {
  name: string;
  vendor: string;
  instanceId?: string;
  instanceName?: string;
  tagAccountName: boolean;
  /** Undefined: only by hand. */
  schedule?: Schedule;
  /** 1 is first. */
  priority: number;
  /** Undefined: nothing is uploaded. */
  target?: SyncTarget;
  retry: RetryRule;
  steps: { only: readonly string[]; skip: readonly string[] };
  sources: { enable: readonly string[]; disable: readonly string[] };
  /** Configuration fields that are no secrets. */
  config: Readonly<Record<string, string | boolean>>;
  /** Configuration fields that are. */
  secrets: Readonly<Record<string, SecretSource>>;
}
