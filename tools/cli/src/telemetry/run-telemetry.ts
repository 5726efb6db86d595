import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, metrics, SpanStatusCode, trace, type Counter, type Histogram, type Span } from '@opentelemetry/api';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';
import type { RunStatus } from '../collect/run-status.js';
import { currentStep } from '../collect/step-context.js';
import { atMost } from '../collect/until-aborted.js';
import type { ProgressEvent } from '../progress/progress-event.js';

const SCOPE = 'vendor-graph';

interface Counters {
  objects: Counter;
  requests: Counter;
  retries: Counter;
  rateLimitWait: Counter;
  stepDuration: Histogram;
}

/**
 * Spans for the run of one vendor, its steps and its requests, and counters beside them. Exporters and their addresses are
 * configured by the standard variables of OpenTelemetry.
 */
export class RunTelemetry {
  readonly #vendor: string;
  readonly #sdk: NodeSDK;
  readonly #run: Span;
  readonly #steps = new Map<string, Span>();
  readonly #counters: Counters;

  constructor(vendor: string, env: NodeJS.ProcessEnv) {
    this.#vendor = vendor;
    // Spans and counters are what there is; log lines go to stderr.
    env['OTEL_METRICS_EXPORTER'] ??= 'otlp';
    env['OTEL_LOGS_EXPORTER'] ??= 'none';
    this.#sdk = new NodeSDK({
      serviceName: env['OTEL_SERVICE_NAME'] ?? SCOPE,
      instrumentations: [],
      // Only what the user says: the others would tell the command line and the user's name.
      resourceDetectors: [resources.envDetector],
    });
    this.#sdk.start();
    this.#counters = createCounters();
    this.#run = trace
      .getTracer(SCOPE)
      .startSpan(`collect ${vendor}`, { attributes: { 'vendor_graph.vendor': vendor } });
    subscribe(HTTP_CHANNEL, this.#onHttp);
  }

  onEvent(event: ProgressEvent): void {
    const vendor = this.#vendor;
    switch (event.type) {
      case 'step-start':
        this.#steps.set(event.step, this.#child(this.#run, `step ${event.step}`, { 'vendor_graph.step': event.step }));
        break;
      case 'step-end': {
        const span = this.#steps.get(event.step);
        if (event.error !== undefined) span?.setStatus({ code: SpanStatusCode.ERROR, message: event.error });
        span?.setAttribute('vendor_graph.status', event.status);
        span?.end();
        const labels = { vendor, step: event.step, status: event.status };
        this.#counters.stepDuration.record(event.durationMs / 1000, labels);
        break;
      }
      case 'objects':
        this.#counters.objects.add(event.added, { vendor, step: event.step });
        break;
      case 'phase':
      case 'request':
      case 'wait':
      case 'notice':
      case 'end':
        break;
    }
  }

  /**
   * Ends the run's span and sends what there is.
   *
   * @param ms how long that may take.
   */
  async end(status: RunStatus, ms: number): Promise<void> {
    unsubscribe(HTTP_CHANNEL, this.#onHttp);
    this.#run.setAttribute('vendor_graph.status', status);
    if (status !== 'success') this.#run.setStatus({ code: SpanStatusCode.ERROR, message: status });
    for (const span of this.#steps.values()) if (span.isRecording()) span.end();
    this.#run.end();
    await atMost(ms, this.#sdk.shutdown());
  }

  readonly #onHttp = (message: unknown): void => {
    const event = message as HttpEvent;
    const vendor = this.#vendor;
    if (event.type === 'retry') this.#counters.retries.add(1, { vendor });
    if (event.type === 'wait' && event.reason === 'rate-limit')
      this.#counters.rateLimitWait.add((event.delayMs ?? 0) / 1000, { vendor });
    if (event.type !== 'response' && event.type !== 'failure') return;
    const outcome = event.status ?? event.code ?? 'unknown';
    this.#counters.requests.add(1, { vendor, outcome });
    this.#requestSpan(event);
  };

  #requestSpan({ type, endpoint, status, code, attempt, durationMs = 0 }: HttpEvent): void {
    const [method = '', url = ''] = endpoint.split(' ');
    const step = this.#steps.get(currentStep() ?? '') ?? this.#run;
    const endedAt = Date.now();
    const span = this.#child(
      step,
      method,
      {
        'http.request.method': method,
        'url.full': url,
        'http.request.resend_count': attempt - 1,
        ...(status !== undefined && { 'http.response.status_code': status }),
        ...(code !== undefined && { 'error.type': code }),
      },
      endedAt - durationMs,
    );
    if (type === 'failure' || (status ?? 0) >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endedAt);
  }

  #child(parent: Span, name: string, attributes: Record<string, string | number>, startTime?: number): Span {
    const inside = trace.setSpan(context.active(), parent);
    return trace
      .getTracer(SCOPE)
      .startSpan(name, { attributes, ...(startTime !== undefined && { startTime }) }, inside);
  }
}

function createCounters(): Counters {
  const meter = metrics.getMeter(SCOPE);
  return {
    objects: meter.createCounter('vendor_graph.objects', { description: 'Entities and relationships collected' }),
    requests: meter.createCounter('vendor_graph.requests', { description: 'Requests to the vendor, by outcome' }),
    retries: meter.createCounter('vendor_graph.retries', { description: 'Requests that were sent again' }),
    rateLimitWait: meter.createCounter('vendor_graph.rate_limit_wait', {
      description: 'Time that requests waited for a rate limit',
      unit: 's',
    }),
    stepDuration: meter.createHistogram('vendor_graph.step.duration', {
      description: 'Time that a step took',
      unit: 's',
    }),
  };
}
