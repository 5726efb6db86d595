/** What the rules read of a workflow of GitHub Actions, https://docs.github.com/actions/reference/workflow-syntax. */
export interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The rights of a job's token. */
export type Permissions = string | Readonly<Record<string, string>>;

/** One job. */
export interface Job {
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> };
  readonly environment?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly secrets?: unknown;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

/** One step of a job. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}
