import { expect, it } from 'vitest';
import { statusTable } from './status-table.js';

it('shows each account, the queue and failures by cause', () => {
  const table = statusTable({
    workers: 3,
    queue: { active: 1, delayed: 2 },
    failures: { credentials: 1 },
    accounts: [
      { account: 'new', state: 'idle', nextRun: '2026-01-02T02:00:00.000Z' },
      {
        account: 'partly',
        state: 'running',
        last: {
          account: 'partly',
          status: 'partial',
          endedOn: '2026-01-01T02:00:05.000Z',
          durationMs: 5_120,
          worker: 'w/1',
          jobId: '1',
          result: {
            account: 'partly',
            vendor: 'acme',
            status: 'partial',
            collectMs: 4_000,
            entities: 1,
            relationships: 0,
            partialTypes: ['acme_user'],
            failedSteps: ['fetch-users'],
          },
        },
      },
      {
        account: 'refused',
        state: 'idle',
        last: {
          account: 'refused',
          status: 'failure',
          cause: 'credentials',
          error: 'the key was refused (401)',
          willRetry: false,
          endedOn: '2026-01-01T02:00:05.000Z',
          durationMs: 900,
          worker: 'w/1',
          jobId: '2',
        },
      },
    ],
  });

  expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
    '┌─────────┬─────────┬──────────────────────┬──────────────────────┬───────┬───────────────────┬──────────────────────┐',
    '│ account │ state   │ last run             │ result               │  took │ partial data sets │ next run             │',
    '├─────────┼─────────┼──────────────────────┼──────────────────────┼───────┼───────────────────┼──────────────────────┤',
    '│ new     │ idle    │                      │ never                │       │                   │ 2026-01-02 02:00:00Z │',
    '│ partly  │ running │ 2026-01-01 02:00:05Z │ partial              │ 5.1 s │ acme_user         │                      │',
    '│ refused │ idle    │ 2026-01-01 02:00:05Z │ failure: credentials │ 0.9 s │                   │                      │',
    '└─────────┴─────────┴──────────────────────┴──────────────────────┴───────┴───────────────────┴──────────────────────┘',
    'Workers: 3. Jobs: 1 active, 2 delayed.',
    'Failures: credentials 1.',
    'refused: the key was refused (401)',
    '',
  ]);
});
