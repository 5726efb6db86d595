import { createRequire } from 'node:module';
import {
  StepResultStatus,
  type IntegrationExecutionContext,
  type IntegrationInvocationConfig,
} from '@jupiterone/integration-sdk-core';
import type * as Runtime from '@jupiterone/integration-sdk-runtime';
import type { ExecuteIntegrationResult } from '@jupiterone/integration-sdk-runtime';
import { withCompactKeys } from '@vendor-graph/integration';
import { GraphFolder } from '../graph-folder/graph-folder.js';
import type { GraphState } from '../graph-folder/graph-state.js';
import { createLogger } from '../logging/create-logger.js';
import type { LogLevel } from '../logging/log-level.js';
import type { LogRecord } from '../logging/log-record.js';
import type { ProgressEvent } from '../progress/progress-event.js';
import type { CollectReport, StepReport } from './collect-report.js';
import { describeFailure, describeStepFailure, failureCode } from './describe-failure.js';
import { HttpObserver } from './http-observer.js';
import { ObjectCounts } from './object-counts.js';
import { ObservedStore } from './observed-store.js';
import { prepareVendor, type PreparedVendor, type VendorRequest } from './prepare-vendor.js';
import type { RunStatus } from './run-status.js';
import { StepObserver } from './step-observer.js';
import { excludedSteps, withoutSteps, type StepFilter } from './step-selection.js';
import { atMost, untilAborted } from './until-aborted.js';
import { validateEntity } from './validate-entity.js';

// An import would load all that the package exports.
const { executeIntegrationInstance } = createRequire(import.meta.url)(
  '@jupiterone/integration-sdk-runtime',
) as typeof Runtime;

/** What to collect. */
export interface CollectRequest extends VendorRequest {
  /** Name of the vendor in progress and reports until its package is found. */
  label: string;
  /** Folder of the graph, if not the vendor's own. */
  out: string | undefined;
  filter: StepFilter;
  /** Tag each entity with the instance's name. */
  tagAccountName: boolean;
  /** Check each entity against the schema of its class. */
  validate: boolean;
}

/** What a run needs of the process that it runs in. */
export interface CollectHost {
  env: Readonly<NodeJS.ProcessEnv>;
  cwd: string;
  logLevel: LogLevel;
  log: (record: LogRecord) => void;
  onEvent: (event: ProgressEvent) => void;
  /** Whether events are to tell which step a request belongs to. */
  followsRequests: boolean;
  /** Called with the values that must not be shown, as soon as they are known. */
  onSecrets: (secrets: readonly string[]) => void;
  /** The text without secrets. */
  redact: (text: string) => string;
  /** Ends the run as interrupted. */
  signal: AbortSignal;
}

/** How a run ended. */
export interface CollectOutcome {
  report: CollectReport;
  /** Why it failed, in words for the user. */
  problem?: string;
}

/** What an interrupted run may take to close its connections; the command promises to end within two seconds. */
const CLOSING_MS = 500;

/**
 * Collects one vendor in this process, by the SDK's runtime, which is told its storage folder by an environment variable:
 * one run at a time. Never throws: whatever happens becomes an outcome.
 */
export async function collectVendor(request: CollectRequest, host: CollectHost): Promise<CollectOutcome> {
  const run = new Run(request, host);
  try {
    return await untilAborted(run.collect(), host.signal);
  } catch (error) {
    return await run.fail(error);
  } finally {
    await run.close();
  }
}

class Run {
  readonly #request: CollectRequest;
  readonly #host: CollectHost;
  readonly #startedOn = Date.now();
  readonly #startedAt = performance.now();
  readonly #counts = new ObjectCounts();
  readonly #steps: StepObserver;
  readonly #http: HttpObserver;
  #vendor: PreparedVendor | undefined;
  #folder: GraphFolder | undefined;
  /** Set when the credentials were accepted and the previous graph is gone. */
  #replaced = false;
  #execution: Promise<ExecuteIntegrationResult> | undefined;
  #context: IntegrationExecutionContext | undefined;

  constructor(request: CollectRequest, host: CollectHost) {
    this.#request = request;
    this.#host = host;
    this.#http = new HttpObserver(host.onEvent);
    const { onEvent, signal, followsRequests } = host;
    this.#steps = new StepObserver(onEvent, () => this.#folder?.open(), signal, followsRequests);
  }

  async collect(): Promise<CollectOutcome> {
    const { onEvent } = this.#host;
    onEvent({ type: 'phase', phase: 'preparing' });
    const vendor = await prepareVendor(this.#request, this.#host, this.#host.onSecrets);
    this.#vendor = vendor;
    for (const message of vendor.warnings) onEvent({ type: 'notice', level: 'warn', message });
    const { integrationSteps } = vendor.invocationConfig;
    const excluded = excludedSteps(integrationSteps, this.#request.filter);
    const folder = GraphFolder.claim(this.#graphPath(vendor));
    this.#folder = folder;

    onEvent({ type: 'phase', phase: 'checking credentials' });
    this.#execution = this.#execute(vendor, folder, excluded);
    const result = await this.#execution;
    // An interrupted run goes on in the background until its clients are closed; what it brings then counts for nothing.
    this.#host.signal.throwIfAborted();

    const failed = result.integrationStepResults.some(({ status }) => status === StepResultStatus.FAILURE);
    const report = this.#report(failed ? 'partial' : 'success', this.#stepReports(result));
    const disabled = result.integrationStepResults.filter(({ status }) => status === StepResultStatus.DISABLED);
    const partialTypes = partialTypesOf(result);
    const state: GraphState = {
      ...this.#state(vendor, report.status),
      partialTypes,
      disabledTypes: typesOf(disabled.filter(({ id }) => !excluded.has(id))),
      report,
    };
    // Tools that know nothing of our file must not delete what this run did not look at, for whatever reason.
    const protectedTypes = [...new Set([...partialTypes, ...typesOf(disabled)])];
    const { simulated, filtered } = state;
    const metadata = { ...result.metadata, partialDatasets: { types: protectedTypes }, simulated, filtered };
    folder.commit(state, { ...result, metadata });
    return { report };
  }

  /** The outcome of a run that was interrupted or could not go on. */
  async fail(error: unknown): Promise<CollectOutcome> {
    const interrupted = this.#host.signal.aborted;
    const report = this.#report(interrupted ? 'interrupted' : 'failure', this.#steps.unfinished);
    if (this.#vendor !== undefined && this.#replaced)
      this.#folder?.abandon({ ...this.#state(this.#vendor, report.status), report });
    if (interrupted) await atMost(CLOSING_MS, this.#closeClients());
    if (interrupted) return { report };
    const problem = this.#host.redact(describeFailure(error, report.package));
    return { report: { ...report, error: problem, errorCode: failureCode(error) }, problem };
  }

  async close(): Promise<void> {
    this.#http.stop();
    this.#folder?.release();
    await atMost(CLOSING_MS, this.#vendor?.close() ?? Promise.resolve());
  }

  #graphPath(vendor: PreparedVendor): string {
    return this.#request.out ?? vendor.package.graphFolder;
  }

  #execute(
    vendor: PreparedVendor,
    folder: GraphFolder,
    excluded: ReadonlySet<string>,
  ): Promise<ExecuteIntegrationResult> {
    const { onEvent, logLevel, log } = this.#host;
    const logger = createLogger(vendor.package.vendor, logLevel, log);
    logger.on('event', (event: { name: string; level: 'info' | 'warn' | 'error'; description: string }) => {
      // The SDK's own events, about steps and the validation, are told in other ways.
      if (/^(?:info|stats|warn_|error_)/.test(event.name))
        onEvent({ type: 'notice', level: event.level, message: this.#host.redact(event.description) });
    });
    const store = new ObservedStore({
      entitiesAdded: (step, entities) => {
        if (this.#request.validate) for (const entity of entities) validateEntity(entity);
        this.#counts.addEntities(entities);
        onEvent({ type: 'objects', step, added: entities.length });
      },
      relationshipsAdded: (step, relationships) => {
        this.#counts.addRelationships(relationships);
        onEvent({ type: 'objects', step, added: relationships.length });
      },
      flushed: () => {
        // After this flush the SDK writes its summary, or starts the next graph of steps.
        if (!this.#steps.isAnyRunning) folder.seal();
      },
    });
    prepareRuntime();
    return executeIntegrationInstance(
      logger,
      vendor.instance,
      withCompactKeys(this.#invocationConfig(vendor, folder, excluded)),
      { current: { startedOn: this.#startedOn } },
      { graphObjectStore: store },
    );
  }

  /** The vendor's own invocation config, watched. */
  #invocationConfig(
    vendor: PreparedVendor,
    folder: GraphFolder,
    excluded: ReadonlySet<string>,
  ): IntegrationInvocationConfig {
    const original = vendor.invocationConfig;
    const { integrationSteps, beforeAddEntity } = original;
    const { name } = vendor.instance;
    return {
      ...original,
      validateInvocation: async (context) => {
        this.#context = context;
        await original.validateInvocation?.(context);
        this.#host.signal.throwIfAborted();
        folder.replace(this.#state(vendor, 'running'));
        this.#replaced = true;
        this.#host.onEvent({ type: 'phase', phase: 'collecting' });
      },
      getStepStartStates: withoutSteps(original.getStepStartStates, integrationSteps, excluded),
      executionHandlerWrapper: this.#steps.wrap(original.executionHandlerWrapper, (error) =>
        this.#host.redact(describeStepFailure(error)),
      ),
      ...(this.#request.tagAccountName && {
        beforeAddEntity: (context, entity) => ({
          ...(beforeAddEntity === undefined ? entity : beforeAddEntity(context, entity)),
          'tag.AccountName': name,
        }),
      }),
    };
  }

  async #closeClients(): Promise<void> {
    if (this.#context !== undefined) await this.#vendor?.invocationConfig.afterExecution?.(this.#context);
    await this.#execution;
  }

  #state(vendor: PreparedVendor, status: GraphState['status']): GraphState {
    const { only, skip } = this.#request.filter;
    return {
      formatVersion: 1,
      status,
      package: vendor.package.vendor,
      version: vendor.package.version,
      simulated: vendor.simulated,
      filtered: only.length + skip.length > 0,
      instance: { id: vendor.instance.id, name: vendor.instance.name },
      startedOn: this.#startedOn,
      ...(status !== 'running' && { endedOn: Date.now() }),
      partialTypes: [],
      disabledTypes: [],
    };
  }

  #report(status: RunStatus, steps: StepReport[]): CollectReport {
    return {
      package: this.#vendor?.package.vendor ?? this.#request.label,
      status,
      simulated: this.#request.simulate !== undefined,
      durationMs: Math.round(performance.now() - this.#startedAt),
      entities: this.#counts.entities,
      relationships: this.#counts.relationships,
      mappedRelationships: this.#counts.mappedRelationships,
      steps,
      http: this.#http.figures,
      graph: this.#vendor === undefined ? (this.#request.out ?? '') : this.#graphPath(this.#vendor),
    };
  }

  #stepReports({ integrationStepResults }: ExecuteIntegrationResult): StepReport[] {
    return integrationStepResults.map(({ id, status, duration }) => {
      const error = this.#steps.errorOf(id);
      return { id, status, durationMs: duration ?? 0, ...(error !== undefined && { error }) };
    });
  }
}

/** Switches of the SDK's runtime, which reads them from the environment at every use. */
function prepareRuntime(): void {
  // The files are JSON, whoever reads them.
  delete process.env['INTEGRATION_FILE_COMPRESSION_ENABLED'];
  // It walks the whole folder every half a minute for a metric that nobody reads here.
  process.env['DISABLE_DISK_USAGE_METRIC'] = 'true';
}

/**
 * What the SDK names partial, and what the steps that failed have made without declaring it, which the SDK forgets: it
 * would be deleted.
 */
function partialTypesOf({ integrationStepResults, metadata }: ExecuteIntegrationResult): string[] {
  const incomplete = integrationStepResults.filter(
    ({ status }) => ![StepResultStatus.SUCCESS, StepResultStatus.DISABLED].includes(status),
  );
  const made = incomplete.flatMap(({ encounteredTypes }) => encounteredTypes);
  return [...new Set([...metadata.partialDatasets.types, ...made])];
}

function typesOf(steps: ExecuteIntegrationResult['integrationStepResults']): string[] {
  return [...new Set(steps.flatMap(({ declaredTypes }) => declaredTypes))];
}
