import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { runIntegration as run, type Run } from '@vendor-graph/integration/testing';
import { runZeroIntegration } from '../integration.js';

export interface RunOptions {
  /** Ids of the ingestion sources that are off; undefined: those that are off by default. */
  disabledSources?: readonly string[];
  clock?: VirtualClock;
  /** Whether an answer that stalls is part of the test; then time goes on while it does. */
  stalls?: boolean;
}

/** Without any news of a client for so long, in real ms, an answer counts as stalled. */
const STALL_MS = 150;

/** Runs the whole integration in virtual time. */
export async function runIntegration(
  instanceConfig: Readonly<Record<string, unknown>>,
  { disabledSources, clock = new VirtualClock(), stalls = false }: RunOptions = {},
): Promise<Run> {
  const integration = runZeroIntegration({ clock, random: () => 1 });
  const options = { startedOn: clock.now(), ...(disabledSources && { disabledSources }) };
  return runInVirtualTime(
    clock,
    () => run(integration, instanceConfig, options),
    stalls ? { stalledAfterMs: STALL_MS } : {},
  );
}
