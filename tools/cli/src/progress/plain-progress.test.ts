import { describe, expect, it, onTestFinished } from 'vitest';
import { PlainProgress } from './plain-progress.js';
import type { ProgressEvent } from './progress-event.js';

function shown(events: (ProgressEvent | number | 'sign of life')[]): string[] {
  const lines: string[] = [];
  let now = 1_000_000;
  const progress = new PlainProgress(
    (line) => lines.push(line),
    () => now,
  );
  onTestFinished(() => progress.end());
  for (const event of events)
    if (typeof event === 'number') now += event;
    else if (event === 'sign of life') progress.giveSignOfLife();
    else progress.show('acme', event);
  return lines;
}

const START: ProgressEvent = { type: 'step-start', step: 'fetch-users', name: 'Fetch Users' };
const OTHER: ProgressEvent = { type: 'step-start', step: 'fetch-groups', name: 'Fetch Groups' };

describe('PlainProgress', () => {
  it('has a line when a step starts and when it ends', () => {
    expect(
      shown([
        { type: 'phase', phase: 'preparing' },
        { type: 'phase', phase: 'checking credentials' },
        { type: 'phase', phase: 'collecting' },
        START,
        { type: 'objects', step: 'fetch-users', added: 1000 },
        { type: 'objects', step: 'fetch-users', added: 200 },
        { type: 'step-end', step: 'fetch-users', status: 'success', durationMs: 3200 },
        { type: 'end', status: 'success', durationMs: 4000 },
      ]),
    ).toEqual([
      'acme: checking credentials',
      'acme fetch-users: started',
      'acme fetch-users: done, 1,200 objects in 3.2 s',
    ]);
  });

  it('says how each of several vendors ended', () => {
    const lines: string[] = [];
    const progress = new PlainProgress((line) => lines.push(line));
    onTestFinished(() => progress.end());

    progress.show('acme', { type: 'phase', phase: 'preparing' });
    progress.show('beta', { type: 'phase', phase: 'preparing' });
    progress.show('acme', { type: 'end', status: 'partial', durationMs: 4000 });

    expect(lines).toEqual(['acme: collected in part in 4.0 s']);
  });

  it('says why a step failed, without the escapes of a vendor', () => {
    expect(
      shown([
        START,
        { type: 'step-end', step: 'fetch-users', status: 'failure', durationMs: 40, error: 'answered 403\u001b[0m' },
      ])[1],
    ).toBe(String.raw`acme fetch-users: FAILED after 40 ms: answered 403\u001b[0m`);
  });

  it.each<[string, ProgressEvent[], string[]]>([
    [
      'that the only running step waits',
      [START, { type: 'wait', step: undefined, reason: 'backoff', untilMs: 1_071_000 }],
      ['acme fetch-users: 0 objects, 30 s, waits: retry, 41 s'],
    ],
    [
      'that all running steps wait for the limit that they share',
      [START, OTHER, { type: 'wait', step: undefined, reason: 'rate-limit', untilMs: 1_071_000 }],
      [
        'acme fetch-users: 0 objects, 30 s, waits: rate limit, 41 s',
        'acme fetch-groups: 0 objects, 30 s, waits: rate limit, 41 s',
      ],
    ],
    [
      'of no step that it waits to try again where it may be another one',
      [START, OTHER, { type: 'wait', step: undefined, reason: 'backoff', untilMs: 1_071_000 }],
      ['acme fetch-users: 0 objects, 30 s', 'acme fetch-groups: 0 objects, 30 s'],
    ],
    [
      'of none that it waits once a request was sent',
      [
        START,
        OTHER,
        { type: 'wait', step: undefined, reason: 'rate-limit', untilMs: 1_071_000 },
        { type: 'request', step: undefined },
      ],
      ['acme fetch-users: 0 objects, 30 s', 'acme fetch-groups: 0 objects, 30 s'],
    ],
  ])('says, where requests are not followed, %s', (_what, events, lines) => {
    expect(shown([...events, 30_000, 'sign of life']).filter((line) => !line.endsWith('started'))).toEqual(lines);
  });

  it('gives a sign of life with count, rate, time, and what is waited for', () => {
    const events: (ProgressEvent | number | 'sign of life')[] = [
      START,
      { type: 'objects', step: 'fetch-users', added: 1200 },
      { type: 'wait', step: 'fetch-users', reason: 'rate-limit', untilMs: 1_071_000 },
      30_000,
      'sign of life',
      { type: 'request', step: 'fetch-users' },
      30_000,
      'sign of life',
    ];

    expect(shown(events).slice(1)).toEqual([
      'acme fetch-users: 1,200 objects, 40/s, 30 s, waits: rate limit, 41 s',
      'acme fetch-users: 1,200 objects, 20/s, 1 min 00 s',
    ]);
  });

  it('passes on what the vendor package has to say', () => {
    expect(
      shown([
        { type: 'notice', level: 'warn', message: '2 users have no id' },
        { type: 'notice', level: 'info', message: 'users are not collected in this mode' },
      ]),
    ).toEqual(['acme: warn: 2 users have no id', 'acme: users are not collected in this mode']);
  });
});
