import type {
  IntegrationExecutionContext,
  IntegrationInvocationConfig,
  IntegrationStep,
  StepStartStates,
} from '@jupiterone/integration-sdk-core';
import { describeStepFailure } from '../collect/describe-failure.js';
import { inStep } from '../collect/step-context.js';
import { untilAborted } from '../collect/until-aborted.js';
import { duration } from '../terminal/amounts.js';
import type { CheckResult, CheckStatus } from './check-report.js';
import type { HttpWatch } from './http-watch.js';
import { ProbedGraph } from './probing-job-state.js';

/** How long one step may take to show that it may read. */
const STEP_MS = 8_000;

const NEEDS_OFF = 'needs a step that is off';

/** What the check of a vendor's steps needs. */
export interface StepChecks {
  invocationConfig: IntegrationInvocationConfig;
  context: IntegrationExecutionContext;
  states: StepStartStates;
  watch: HttpWatch;
  /** Ends the check. */
  signal: AbortSignal;
  /** Distinguishes the steps of this vendor from those of others that are checked at the same time. */
  label: string;
}

/**
 * Finds out whether each step may read what it reads: starts it with a client of its own, and closes that as soon as the
 * step has made its first object of an answer. So each step costs about one request, and nothing is written.
 */
export async function checkSteps(checks: StepChecks): Promise<CheckResult[]> {
  const graph = new ProbedGraph();
  const steps = new Map(checks.invocationConfig.integrationSteps.map((step) => [step.id, step]));
  const results = new Map<string, Promise<CheckResult>>();

  const resultOf = (step: IntegrationStep): Promise<CheckResult> => {
    const known = results.get(step.id) ?? checkAfterDependencies(step);
    results.set(step.id, known);
    return known;
  };
  const checkAfterDependencies = async (step: IntegrationStep): Promise<CheckResult> => {
    const dependencies = (step.dependsOn ?? []).flatMap((id) => steps.get(id) ?? []);
    const outcomes = await Promise.all(dependencies.map(resultOf));
    const check = `step ${step.id}`;
    const off = whyOff(step, checks) ?? (outcomes.some(({ status }) => status === 'off') ? NEEDS_OFF : undefined);
    if (off !== undefined) return { check, status: 'off', detail: off };
    const failed = dependencies.filter((_, index) => ['failed', 'unknown'].includes(outcomes[index]?.status ?? ''));
    if (failed.length > 0)
      return { check, status: 'unknown', detail: `needs ${failed.map(({ id }) => id).join(', ')}` };
    return { check, ...(await checkStep(step, graph, checks)) };
  };

  return Promise.all([...steps.values()].map(resultOf));
}

async function checkStep(
  step: IntegrationStep,
  graph: ProbedGraph,
  { invocationConfig, context, watch, signal, label }: StepChecks,
): Promise<{ status: CheckStatus; detail: string }> {
  const key = `${label} ${step.id}`;
  // The glue makes one client for each config object: this one is the step's alone, and can be closed.
  const own = { ...context, instance: { ...context.instance, config: { ...context.instance.config } } };
  const close = async (): Promise<void> => invocationConfig.afterExecution?.(own);
  const progress = { hasRead: false };
  const jobState = graph.jobStateFor(step.id, () => {
    if (progress.hasRead) return;
    progress.hasRead = true;
    if (watch.hasAnswer(key)) void close();
  });

  const limit = AbortSignal.any([signal, AbortSignal.timeout(STEP_MS)]);
  let failure: unknown;
  try {
    await untilAborted(
      inStep(key, async () =>
        step.executionHandler({ ...own, jobState, logger: context.logger.child({ stepId: step.id }) }),
      ),
      limit,
    );
  } catch (error) {
    failure = error;
  } finally {
    await close();
  }

  if (!watch.hasRequested(key)) return { status: 'ok', detail: 'sends no request of its own' };
  if (progress.hasRead) return { status: 'ok', detail: 'may read' };
  if (failure === undefined) return { status: 'ok', detail: 'may read; there is nothing to read' };
  if (limit.aborted) return { status: 'unknown', detail: `no object within ${duration(STEP_MS)}, but not refused` };
  return { status: 'failed', detail: describeStepFailure(failure) };
}

/** Why a step does not run at all; undefined when it does. */
function whyOff({ id, ingestionSourceId }: IntegrationStep, { context, states }: StepChecks): string | undefined {
  const sources = context.instance.disabledSources ?? [];
  if (ingestionSourceId !== undefined && sources.some((source) => source.ingestionSourceId === ingestionSourceId))
    return `its ingestion source ${ingestionSourceId} is off (--enable-source)`;
  const state = states[id];
  return state?.disabled === true
    ? `off with this configuration (${state.disabledReason ?? 'no reason told'})`
    : undefined;
}
