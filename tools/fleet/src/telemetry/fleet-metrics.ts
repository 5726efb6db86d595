import { metrics, type Counter, type Histogram } from '@opentelemetry/api';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import type { FleetQueue } from '../queue/fleet-queue.js';
import type { Cause } from '../queue/job-result.js';

const SCOPE = 'vendor-graph-fleet';
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;
/** What sending the last figures may take. */
const LAST_WORDS_MS = 3_000;

/** Figures of a worker for OpenTelemetry: length of the queue, durations, failures by cause. */
export class FleetMetrics {
  readonly #sdk: NodeSDK;
  readonly #runs: Counter;
  readonly #duration: Histogram;

  /** Exporters and their addresses are configured by the standard variables. */
  constructor(queue: FleetQueue, env: NodeJS.ProcessEnv) {
    env['OTEL_METRICS_EXPORTER'] ??= 'otlp';
    env['OTEL_TRACES_EXPORTER'] ??= 'none';
    env['OTEL_LOGS_EXPORTER'] ??= 'none';
    this.#sdk = new NodeSDK({
      serviceName: env['OTEL_SERVICE_NAME'] ?? SCOPE,
      instrumentations: [],
      // Only what the user says: the others would tell the command line and the user's name.
      resourceDetectors: [resources.envDetector],
    });
    this.#sdk.start();
    const meter = metrics.getMeter(SCOPE);
    this.#runs = meter.createCounter('vendor_graph.fleet.runs', { description: 'Runs of accounts, by how they ended' });
    this.#duration = meter.createHistogram('vendor_graph.fleet.run.duration', {
      description: 'Time that a run of an account took',
      unit: 's',
    });
    meter
      .createObservableGauge('vendor_graph.fleet.queue.length', { description: 'Jobs in the queue, by state' })
      .addCallback(async (gauge) => {
        const counts = await queue.getJobCounts(...STATES);
        for (const state of STATES) gauge.observe(counts[state] ?? 0, { state });
      });
  }

  /** A run has ended. */
  ended(vendor: string, status: 'success' | 'partial' | 'failure', cause: Cause | undefined, durationMs: number): void {
    const labels = { vendor, status, ...(cause !== undefined && { cause }) };
    this.#runs.add(1, labels);
    this.#duration.record(durationMs / 1_000, labels);
  }

  /** Sends what there is. */
  async close(): Promise<void> {
    let impatience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      impatience = setTimeout(resolve, LAST_WORDS_MS);
    });
    await Promise.race([this.#sdk.shutdown().catch(() => undefined), enough]);
    clearTimeout(impatience);
  }
}
