import { counted, duration } from '../terminal/amounts.js';
import { table } from '../terminal/table.js';
import type { CheckReport, CheckStatus } from './check-report.js';

const STATUS: Readonly<Record<CheckStatus, string>> = Object.freeze({
  ok: 'ok',
  warning: 'WARNING',
  failed: 'FAILED',
  off: 'off',
  unknown: '?',
});

/** How wide a detail may be; what is longer goes on below. */
const DETAIL_WIDTH = 90;

/** A check's results, for people. */
export function checkSummary(report: CheckReport): string {
  const { checks, http, durationMs, simulated } = report;
  const words = { success: 'can be collected', failure: 'cannot be collected as it is', interrupted: 'interrupted' };
  const rows = checks.map(({ check, status, detail }) => [check, STATUS[status], detail]);
  const columns = [{ title: 'check' }, { title: 'result' }, { title: 'detail', width: DETAIL_WIDTH }];
  const headline = `${report.package}: ${words[report.status]}${simulated ? ', from its simulator' : ''}`;
  return `${headline} (${counted(http.requests, 'request')}, ${duration(durationMs)})\n${table(columns, rows)}\n`;
}
