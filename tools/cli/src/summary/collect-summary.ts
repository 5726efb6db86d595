import { relative } from 'node:path';
import type { CollectReport, CountsByType } from '../collect/collect-report.js';
import { bytes, count, counted, duration } from '../terminal/amounts.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import { table } from '../terminal/table.js';
import { runStatus, stepStatus } from './status-words.js';

/** What a run of one vendor brought, for people. */
export function collectSummary(report: CollectReport, cwd: string): string {
  const parts = [headline(report)];
  if (report.steps.length > 0) parts.push(stepTable(report));
  const collected = collectedRows(report);
  if (collected.length > 0)
    parts.push(table([{ title: 'type' }, { title: 'kind' }, { title: 'count', align: 'right' }], collected));
  parts.push(...failures(report));
  if (report.http.requests > 0) parts.push(httpLine(report));
  if (report.status === 'success' || report.status === 'partial') parts.push(`Graph: ${place(report.graph, cwd)}`);
  return `${parts.join('\n')}\n`;
}

/** What the runs of several vendors brought, one line each. */
export function jointSummary(reports: readonly CollectReport[], cwd: string): string {
  const right = 'right' as const;
  const rows = reports.map((report) => [
    report.package,
    report.simulated ? `${report.status}, simulated` : report.status,
    count(sum(report.entities)),
    count(sum(report.relationships)),
    count(sum(report.mappedRelationships)),
    count(report.http.requests),
    count(report.http.retries),
    duration(report.http.rateLimitWaitMs),
    duration(report.durationMs),
    report.status === 'success' || report.status === 'partial' ? place(report.graph, cwd) : '',
  ]);
  const columns = [
    { title: 'vendor' },
    { title: 'status' },
    { title: 'entities', align: right },
    { title: 'relationships', align: right },
    { title: 'mapped', align: right },
    { title: 'requests', align: right },
    { title: 'retries', align: right },
    { title: 'rate limit', align: right },
    { title: 'time', align: right },
    { title: 'graph' },
  ];
  return `${[table(columns, rows), ...reports.flatMap(failures)].join('\n')}\n`;
}

function headline({ package: vendor, status, simulated, durationMs }: CollectReport): string {
  return `${vendor}: ${runStatus(status)}${simulated ? ' from its simulator' : ''} in ${duration(durationMs)}`;
}

function stepTable({ steps }: CollectReport): string {
  return table(
    [{ title: 'step' }, { title: 'status' }, { title: 'time', align: 'right' }],
    steps.map(({ id, status, durationMs }) => [
      id,
      stepStatus(status),
      status === 'disabled' ? '' : duration(durationMs),
    ]),
  );
}

function collectedRows(report: CollectReport): string[][] {
  const kinds: [kind: string, counts: CountsByType][] = [
    ['entity', report.entities],
    ['relationship', report.relationships],
    ['mapped relationship', report.mappedRelationships],
  ];
  return kinds.flatMap(([kind, counts]) => Object.entries(counts).map(([type, amount]) => [type, kind, count(amount)]));
}

function failures({ package: vendor, steps }: CollectReport): string[] {
  return steps.flatMap(({ id, error }) =>
    error === undefined ? [] : [`${vendor}: step ${id} failed: ${neutralizeLine(error)}`],
  );
}

function httpLine({ http }: CollectReport): string {
  const waited =
    http.rateLimitWaitMs > 0 ? `${duration(http.rateLimitWaitMs)} waited for rate limits` : 'no rate limit met';
  const { requests, retries } = http;
  return `HTTP: ${counted(requests, 'request')}, ${counted(retries, 'retry', 'retries')}, ${waited}, ${bytes(http.bytes)}`;
}

function place(graph: string, cwd: string): string {
  const path = relative(cwd, graph);
  return path.startsWith('..') ? graph : path;
}

/** All objects of all types. */
function sum(counts: CountsByType): number {
  return Object.values(counts).reduce((total, amount) => total + amount, 0);
}
