import {
  collectVendor,
  type CollectHost,
  type CollectOutcome,
  type CollectRequest,
} from '../collect/collect-vendor.js';
import { startTelemetry } from './start-telemetry.js';

/** How long sending the last spans may take. */
const FLUSH_MS = 5_000;
/** And after Ctrl-C, which has to end within two seconds. */
const INTERRUPTED_FLUSH_MS = 400;

/** `collectVendor`, watched by OpenTelemetry where an endpoint is configured. */
export async function collectWithTelemetry(request: CollectRequest, host: CollectHost): Promise<CollectOutcome> {
  const telemetry = await startTelemetry(request.label, process.env, host.onEvent);
  if (telemetry === undefined) return collectVendor(request, host);
  const outcome = await collectVendor(request, {
    ...host,
    followsRequests: true,
    onEvent: (event) => {
      telemetry.onEvent(event);
      host.onEvent(event);
    },
  });
  await telemetry.end(outcome.report.status, host.signal.aborted ? INTERRUPTED_FLUSH_MS : FLUSH_MS);
  return outcome;
}
