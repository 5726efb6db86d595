import type { ProgressEvent } from '../progress/progress-event.js';
import type { RunTelemetry } from './run-telemetry.js';

/** The standard variables that say where to send spans and counters; without one, nothing is loaded nor sent. */
const ENDPOINTS = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
];

/**
 * Starts OpenTelemetry for the run of one vendor, if an OTLP endpoint is configured by the standard variables.
 *
 * @param onEvent told when the packages of OpenTelemetry, which the command does not depend on, are not installed.
 */
export async function startTelemetry(
  vendor: string,
  env: NodeJS.ProcessEnv,
  onEvent: (event: ProgressEvent) => void,
): Promise<RunTelemetry | undefined> {
  if (env['OTEL_SDK_DISABLED'] === 'true' || ENDPOINTS.every((name) => (env[name] ?? '') === '')) return undefined;
  try {
    const { RunTelemetry: Loaded } = await import('./run-telemetry.js');
    return new Loaded(vendor, env);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    const message =
      'An OTLP endpoint is configured, but OpenTelemetry is not installed: npm install @opentelemetry/api @opentelemetry/sdk-node';
    onEvent({ type: 'notice', level: 'warn', message });
    return undefined;
  }
}
