import type { CollectReport, CountsByType } from '../collect/collect-report.js';
import { count, duration } from '../terminal/amounts.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import { runStatus, stepStatus } from './status-words.js';

/** What a vendor's run had to say besides its report. */
export interface ReportedRun {
  report: CollectReport;
  /** Why it failed, in words for the user. */
  problem?: string | undefined;
  warnings: readonly string[];
}

/** What was collected, as Markdown for the page of a workflow's run. */
export function markdownSummary(runs: readonly ReportedRun[]): string {
  const overview = [
    '| vendor | status | entities | relationships | mapped | requests | retries | rate limit | time |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...runs.map(({ report }) => overviewRow(report)),
  ];
  return `${['## Collected vendors', '', ...overview, '', ...runs.flatMap(details)].join('\n')}\n`;
}

function overviewRow(report: CollectReport): string {
  const { http } = report;
  return row([
    report.package,
    runStatus(report.status) + (report.simulated ? ' (simulated)' : ''),
    count(sum(report.entities)),
    count(sum(report.relationships)),
    count(sum(report.mappedRelationships)),
    count(http.requests),
    count(http.retries),
    duration(http.rateLimitWaitMs),
    duration(report.durationMs),
  ]);
}

function details({ report, problem, warnings }: ReportedRun): string[] {
  const lines = [
    ...(problem === undefined ? [] : [`- ${escape(problem)}`]),
    ...report.steps.flatMap(({ id, error }) => (error === undefined ? [] : [`- ${id} failed: ${escape(error)}`])),
    ...warnings.map((warning) => `- ${escape(warning)}`),
  ];
  const types = [...Object.entries(report.entities), ...Object.entries(report.relationships)];
  types.push(...Object.entries(report.mappedRelationships));
  return [
    `### ${escape(report.package)}`,
    '',
    ...(lines.length === 0 ? [] : [...lines, '']),
    ...(report.steps.length === 0
      ? []
      : [
          '| step | status | time |',
          '| --- | --- | ---: |',
          ...report.steps.map(({ id, status, durationMs }) => row([id, stepStatus(status), duration(durationMs)])),
          '',
        ]),
    ...(types.length === 0
      ? []
      : ['| type | count |', '| --- | ---: |', ...types.map(([type, amount]) => row([type, count(amount)])), '']),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escape).join(' | ')} |`;
}

/** Text of a vendor that stays text: no markup, no link, no second line. */
function escape(text: string): string {
  return neutralizeLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#!]/g, '\\$&');
}

function sum(counts: CountsByType): number {
  return Object.values(counts).reduce((total, amount) => total + amount, 0);
}
