import type { IntegrationExecutionContext } from '@jupiterone/integration-sdk-core';
import { CommandError } from '../command-error.js';
import { describeFailure } from '../collect/describe-failure.js';
import { prepareVendor, type PreparedVendor, type VendorRequest } from '../collect/prepare-vendor.js';
import { inStep } from '../collect/step-context.js';
import { atMost, untilAborted } from '../collect/until-aborted.js';
import { duration } from '../terminal/amounts.js';
import { createLogger } from '../logging/create-logger.js';
import type { LogLevel } from '../logging/log-level.js';
import type { LogRecord } from '../logging/log-record.js';
import { isInOrder, type CheckReport, type CheckResult } from './check-report.js';
import { checkSteps } from './check-steps.js';
import type { HttpWatch } from './http-watch.js';
import { probeServer } from './probe-server.js';

/** How long the check of a vendor may take from the first request on; the command promises to end within 30 s. */
const CHECK_MS = 22_000;
/** How much of that the first answer may take. */
const CREDENTIALS_MS = 12_000;
const CLOSING_MS = 500;

/** What a check needs of the process that it runs in. */
export interface CheckHost {
  env: Readonly<NodeJS.ProcessEnv>;
  cwd: string;
  logLevel: LogLevel;
  log: (record: LogRecord) => void;
  onSecrets: (secrets: readonly string[]) => void;
  redact: (text: string) => string;
  watch: HttpWatch;
  /** Ends the check as interrupted. */
  signal: AbortSignal;
}

/** What to check. */
export interface CheckRequest extends VendorRequest {
  /** Name of the vendor until its package is found. */
  label: string;
}

/**
 * Checks whether a vendor can be collected, without writing anything: configuration, the way to the server, its clock,
 * the credentials, and the rights of each step. Never throws.
 */
export async function checkVendor(request: CheckRequest, host: CheckHost): Promise<CheckReport> {
  const startedAt = performance.now();
  const checks: CheckResult[] = [];
  const add = (...results: CheckResult[]): void => {
    checks.push(...results.map((result) => ({ ...result, detail: host.redact(result.detail) })));
  };
  let vendor: PreparedVendor | undefined;
  try {
    vendor = await untilAborted(prepareVendor(request, host, host.onSecrets), host.signal);
    await checkPrepared(vendor, request.label, host, add);
  } catch (error) {
    if (!host.signal.aborted)
      add({ check: 'configuration', status: 'failed', detail: describeFailure(error, request.label) });
  } finally {
    await atMost(CLOSING_MS, vendor?.close() ?? Promise.resolve());
  }
  return {
    package: vendor?.package.vendor ?? request.label,
    status: host.signal.aborted ? 'interrupted' : isInOrder(checks) ? 'success' : 'failure',
    simulated: request.simulate !== undefined,
    durationMs: Math.round(performance.now() - startedAt),
    checks,
    http: { requests: host.watch.requestsOf(`${request.label} `) },
  };
}

async function checkPrepared(
  vendor: PreparedVendor,
  label: string,
  host: CheckHost,
  add: (...results: CheckResult[]) => void,
): Promise<void> {
  const { invocationConfig, instance } = vendor;
  const logger = createLogger(vendor.package.vendor, host.logLevel, host.log);
  const context: IntegrationExecutionContext = {
    logger,
    instance,
    executionHistory: { current: { startedOn: Date.now() } },
    executionConfig: invocationConfig.loadExecutionConfig?.({ config: instance.config }) ?? {},
  };
  const signal = AbortSignal.any([host.signal, AbortSignal.timeout(CHECK_MS)]);
  const credentials = `${label} credentials`;
  const refused = await failureOf(
    untilAborted(
      inStep(credentials, async () => invocationConfig.validateInvocation?.(context)),
      AbortSignal.any([signal, AbortSignal.timeout(CREDENTIALS_MS)]),
    ),
  );

  const origin = host.watch.originOf(credentials);
  if (refused !== undefined && origin === undefined) {
    add({ check: 'configuration', status: 'failed', detail: describeFailure(refused, vendor.package.vendor) });
    return;
  }
  add({ check: 'configuration', status: 'ok', detail: `all required values are there${warningsOf(vendor)}` });
  const way = origin === undefined ? [] : await probeServer(origin, host.env);
  add(...way);
  if (refused !== undefined) {
    // Where there is no way to the server, nothing is known about the credentials.
    const status = isInOrder(way) || host.watch.hasAnswer(credentials) ? 'failed' : 'unknown';
    add({ check: 'credentials', status, detail: describeFailure(refused, vendor.package.vendor) });
    await invocationConfig.afterExecution?.(context);
    return;
  }
  add({ check: 'credentials', status: 'ok', detail: `accepted by ${origin?.host ?? 'the vendor'}` });
  const states = (await invocationConfig.getStepStartStates?.(context)) ?? {};
  await invocationConfig.afterExecution?.(context);
  add(...(await checkSteps({ invocationConfig, context, states, watch: host.watch, signal, label })));
}

async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return new CommandError(`there was no answer within ${duration(CREDENTIALS_MS)}`);
    return error instanceof Error ? error : new CommandError('something that is not an error was thrown');
  }
}

function warningsOf({ warnings }: PreparedVendor): string {
  return warnings.length === 0 ? '' : `; but ${warnings.join('; ')}`;
}
