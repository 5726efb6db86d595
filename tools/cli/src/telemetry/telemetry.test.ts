import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACME_KEY, startAcmeServer, type AcmeServer } from '../../test-support/acme-server.js';
import { ACME, runCommand } from '../../test-support/run-command.js';

const PROCESS_TIMEOUT_MS = 60_000;

interface ExportedSpan {
  name: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number };
}

describe('OpenTelemetry', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  let vendor: AcmeServer;
  let collector: Server;
  /** Bodies that the collector received, by path. */
  let received: { path: string; body: string }[];
  let env: Record<string, string>;

  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'telemetry-'));
    vendor = await startAcmeServer();
    received = [];
    collector = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.push({ path: request.url ?? '', body: Buffer.concat(parts).toString() });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    env = {
      ACME_API_KEY: ACME_KEY,
      ACME_API_BASE_URL: vendor.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    };
  });
  afterEach(async () => {
    await vendor.close();
    collector.close();
    rmSync(cwd, { recursive: true });
  });

  const bodiesOf = (path: string): string[] => received.filter((post) => post.path === path).map(({ body }) => body);

  it('gets a span for the run, each step and each request, and counters', async () => {
    vendor.answers['/users'] = { status: 403, body: { message: ACME_KEY } };

    const { code } = await runCommand(['collect', ACME], { cwd, env });

    expect(code).toBe(2);
    const spans = bodiesOf('/v1/traces').flatMap((body) =>
      (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[] }).resourceSpans.flatMap(
        ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
    const run = spans.find(({ name }) => name === 'collect acme');
    const users = spans.find(({ name }) => name === 'step fetch-users');
    expect(users).toMatchObject({ parentSpanId: run?.spanId, status: { code: 2 } });
    expect(spans.filter(({ parentSpanId }) => parentSpanId === users?.spanId)).toMatchObject([
      { name: 'GET', status: { code: 2 } },
    ]);
    expect(spans.filter(({ name }) => name === 'GET')).toHaveLength(4);
    const metrics = bodiesOf('/v1/metrics').join();
    for (const name of ['vendor_graph.objects', 'vendor_graph.requests', 'vendor_graph.step.duration'])
      expect(metrics).toContain(name);
    expect(JSON.stringify(received)).not.toContain(ACME_KEY);
  });

  it.each([
    ['no endpoint is configured', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    ['it is switched off', { OTEL_SDK_DISABLED: 'true' }],
  ])('gets nothing when %s', async (_when, more) => {
    const { code } = await runCommand(['collect', ACME], { cwd, env: { ...env, ...more } });

    expect(code).toBe(0);
    expect(received).toEqual([]);
  });

  it('does not keep a run from ending when it cannot be reached', async () => {
    const { code } = await runCommand(['collect', ACME], {
      cwd,
      env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
    });

    expect(code).toBe(0);
  });
});
