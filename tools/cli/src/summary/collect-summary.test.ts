import { describe, expect, it } from 'vitest';
import type { CollectReport } from '../collect/collect-report.js';
import { collectSummary, jointSummary } from './collect-summary.js';

const REPORT: CollectReport = {
  package: 'acme',
  status: 'partial',
  simulated: true,
  durationMs: 4200,
  entities: { acme_account: 1, acme_user: 1200 },
  relationships: { acme_account_has_user: 1200 },
  mappedRelationships: { acme_user_is_person: 3 },
  steps: [
    { id: 'fetch-account', status: 'success', durationMs: 12 },
    { id: 'fetch-users', status: 'failure', durationMs: 3400, error: 'GET /users answered 403\u001b[31m\nforged' },
    { id: 'fetch-roles', status: 'partial_success_due_to_dependency_failure', durationMs: 5 },
    { id: 'fetch-findings', status: 'disabled', durationMs: 0 },
  ],
  http: { requests: 13, retries: 1, rateLimitWaitMs: 61_000, bytes: 34_567 },
  graph: '/ws/packages/acme/.j1-integration',
};

describe('collectSummary', () => {
  it('tells what was collected, what failed, and where it is', () => {
    expect(collectSummary(REPORT, '/ws')).toBe(`acme: collected in part from its simulator in 4.2 s
┌────────────────┬────────────┬───────┐
│ step           │ status     │  time │
├────────────────┼────────────┼───────┤
│ fetch-account  │ done       │ 12 ms │
│ fetch-users    │ FAILED     │ 3.4 s │
│ fetch-roles    │ incomplete │  5 ms │
│ fetch-findings │ off        │       │
└────────────────┴────────────┴───────┘
┌───────────────────────┬─────────────────────┬───────┐
│ type                  │ kind                │ count │
├───────────────────────┼─────────────────────┼───────┤
│ acme_account          │ entity              │     1 │
│ acme_user             │ entity              │ 1,200 │
│ acme_account_has_user │ relationship        │ 1,200 │
│ acme_user_is_person   │ mapped relationship │     3 │
└───────────────────────┴─────────────────────┴───────┘
acme: step fetch-users failed: GET /users answered 403\\u001b[31m forged
HTTP: 13 requests, 1 retry, 1 min 01 s waited for rate limits, 34.6 kB
Graph: packages/acme/.j1-integration
`);
  });

  it('names no graph when none was collected', () => {
    const failed: CollectReport = {
      ...REPORT,
      status: 'failure',
      simulated: false,
      entities: {},
      relationships: {},
      mappedRelationships: {},
      steps: [],
      http: { requests: 1, retries: 0, rateLimitWaitMs: 0, bytes: 12 },
    };

    expect(collectSummary(failed, '/ws')).toBe(
      'acme: not collected in 4.2 s\nHTTP: 1 request, 0 retries, no rate limit met, 12 B\n',
    );
  });

  it('shows a graph elsewhere with its whole path', () => {
    expect(collectSummary(REPORT, '/home/me')).toContain('Graph: /ws/packages/acme/.j1-integration');
  });
});

describe('jointSummary', () => {
  it('has a line for each vendor, and the failures', () => {
    const summary = jointSummary([REPORT, { ...REPORT, package: 'beta', status: 'failure', steps: [] }], '/ws');

    const lines = summary.split('\n');
    expect(
      lines
        .find((line) => line.startsWith('│ acme'))
        ?.split(/[│\s]+/)
        .join(' '),
    ).toBe(' acme partial, simulated 1,201 1,200 3 13 1 1 min 01 s 4.2 s packages/acme/.j1-integration ');
    expect(lines.find((line) => line.startsWith('│ beta'))).not.toContain('.j1-integration');
    expect(summary).toContain('acme: step fetch-users failed: GET /users answered 403');
  });
});
