import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, locateVendor, type CollectReport, type SyncReport, type VendorPackage } from '@vendor-graph/cli';
import { createRedactor, redactSecrets } from '@vendor-graph/http';
import type { Account, SecretSource } from '../accounts/account.js';
import { resolveSecret, SecretError } from '../accounts/resolve-secret.js';
import type { JobResult } from '../queue/job-result.js';
import type { AccountLease } from './account-lease.js';
import { collectEnvironment, syncEnvironment } from './child-environment.js';
import { runCommand, type CommandEnd } from './command-process.js';
import { JobFailure, JobStopped } from './job-failure.js';
import { collected, uploaded } from './outcome.js';

/** What a run needs of its worker. */
export interface RunSurroundings {
  /** The file of `vendor-graph`. */
  bin: string;
  /** Where vendor packages are looked for. */
  cwd: string;
  env: Readonly<NodeJS.ProcessEnv>;
  /** Each run has a folder of its own in here, for as long as it lasts. */
  workFolder: string;
  /** The socket of the shared limits. */
  limitSocket: string;
  memoryBytes: number;
  /** Stops the run. */
  signal: AbortSignal;
  /** Called with what the run's processes say, without secrets. */
  onLine: (line: string) => void;
}

/** The options of both commands: one document on stdout, and lines that a program can read on stderr. */
const OUTPUT = ['--json', '--quiet', '--log-level', 'warn', '--log-format', 'json'];

/**
 * Collects an account and uploads its graph, each in a process of its own.
 *
 * @throws JobFailure when nothing was uploaded; JobStopped when the run was stopped, or the lease lost.
 */
export async function runAccount(account: Account, lease: AccountLease, around: RunSurroundings): Promise<JobResult> {
  const secrets: string[] = [];
  const folder = await mkdtemp(join(around.workFolder, `${account.name}-`));
  try {
    return await new Run(account, lease, around, folder, secrets).run();
  } catch (error) {
    // The run's process may end of itself a moment before this one notices that the lease has ended.
    if (lease.lost.aborted || lease.remainingMs === 0) throw new JobStopped('the lease of the account was lost');
    if (around.signal.aborted) throw new JobStopped('the worker is stopping');
    throw withoutSecrets(error, secrets);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #account: Account;
  readonly #lease: AccountLease;
  readonly #around: RunSurroundings;
  readonly #folder: string;
  /** Filled as secrets become known. */
  readonly #secrets: string[];

  constructor(account: Account, lease: AccountLease, around: RunSurroundings, folder: string, secrets: string[]) {
    this.#account = account;
    this.#lease = lease;
    this.#around = around;
    this.#folder = folder;
    this.#secrets = secrets;
  }

  async run(): Promise<JobResult> {
    const vendor = locateVendor(this.#account.vendor, this.#around.cwd);
    const startedAt = performance.now();
    const collection = await this.#collect(vendor);
    const collectMs = Math.round(performance.now() - startedAt);
    const upload = await this.#sync(vendor);
    const { steps } = collection;
    return {
      account: this.#account.name,
      vendor: vendor.vendor,
      status: collection.status === 'success' ? 'success' : 'partial',
      collectMs,
      ...(upload !== undefined && { syncMs: Math.round(performance.now() - startedAt) - collectMs }),
      entities: sum(collection.entities),
      relationships: sum(collection.relationships) + sum(collection.mappedRelationships),
      partialTypes: upload?.partialTypes ?? [],
      failedSteps: steps.filter(({ status }) => status === 'failure').map(({ id }) => id),
      ...(upload?.jobId !== undefined && { uploadId: upload.jobId }),
    };
  }

  async #collect(vendor: VendorPackage): Promise<CollectReport> {
    const { steps, sources, tagAccountName } = this.#account;
    const values: Record<string, string> = {};
    for (const [field, source] of Object.entries(this.#account.secrets))
      values[field] = await this.#secret(field, source);
    const { limitSocket, env } = this.#around;
    const end = await this.#command(
      ['collect', vendor.folder, ...OUTPUT, ...(tagAccountName ? ['--tag-account-name'] : [])].concat(
        steps.only.flatMap((id) => ['--step', id]),
        steps.skip.flatMap((id) => ['--skip', id]),
        sources.enable.flatMap((id) => ['--enable-source', id]),
        sources.disable.flatMap((id) => ['--disable-source', id]),
      ),
      vendor,
      collectEnvironment(this.#account, vendor, values, limitSocket, env),
    );
    return collected(end);
  }

  async #sync(vendor: VendorPackage): Promise<SyncReport | undefined> {
    const { target } = this.#account;
    if (target === undefined) return undefined;
    const apiKey = await this.#secret(`the key of ${target.name}`, target.apiKey);
    // Nothing is uploaded on the strength of a lease that may have ended unnoticed.
    if (!(await this.#lease.renew())) throw new JobStopped('the lease of the account could not be renewed');
    const env = syncEnvironment({ ...this.#account, target }, vendor, apiKey, this.#around.env);
    return uploaded(await this.#command(['sync', vendor.folder, ...OUTPUT], vendor, env));
  }

  async #secret(what: string, source: SecretSource): Promise<string> {
    const value = await resolveSecret(what, source, this.#around.env);
    this.#secrets.push(value);
    return value;
  }

  #command(args: readonly string[], vendor: VendorPackage, env: Record<string, string>): Promise<CommandEnd> {
    const { bin, memoryBytes, signal, onLine } = this.#around;
    const redact = createRedactor(this.#secrets);
    return runCommand({
      bin,
      args: [...args, '--out', join(this.#folder, vendor.vendor)],
      env,
      cwd: this.#folder,
      memoryBytes,
      lease: this.#lease,
      signal,
      onLine: (line) => {
        onLine(redact(line));
      },
    });
  }
}

/** Errors travel to Redis, where no secret may arrive, whoever forgot to cut it out. */
function withoutSecrets(error: unknown, secrets: readonly string[]): Error {
  const redact = (text: string): string => redactSecrets(text, secrets);
  if (error instanceof JobStopped) return error;
  if (error instanceof JobFailure) return new JobFailure(redact(error.message), error.why, error.isPassing);
  if (error instanceof SecretError)
    return new JobFailure(redact(error.message), error.passing ? 'network' : 'configuration', error.passing);
  if (error instanceof CommandError) return new JobFailure(redact(error.message), 'configuration', false);
  return new JobFailure(redact(error instanceof Error ? error.message : 'unknown error'), 'crash', true);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
