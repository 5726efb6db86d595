import type { FleetQueue } from '../queue/fleet-queue.js';
import type { FleetMetrics } from './fleet-metrics.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'];

/**
 * Starts OpenTelemetry, if an OTLP endpoint is configured by the standard variables.
 *
 * @param onMissing told when an endpoint is configured and the packages, which nobody has to install, are not there.
 */
export async function startMetrics(
  queue: FleetQueue,
  env: NodeJS.ProcessEnv,
  onMissing: (message: string) => void,
): Promise<FleetMetrics | undefined> {
  if (env['OTEL_SDK_DISABLED'] === 'true' || ENDPOINTS.every((name) => (env[name] ?? '') === '')) return undefined;
  try {
    const { FleetMetrics: Loaded } = await import('./fleet-metrics.js');
    return new Loaded(queue, env);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    onMissing(
      'An OTLP endpoint is configured, but OpenTelemetry is not installed: npm install @opentelemetry/api @opentelemetry/sdk-node',
    );
    return undefined;
  }
}
