import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TerminalProgress } from './terminal-progress.js';

const START = 1_000_000;

/** A terminal that remembers what was drawn. */
function terminal(): { stream: NodeJS.WriteStream; drawn: () => string } {
  const stream = new PassThrough();
  Object.assign(stream, { isTTY: true, columns: 120, rows: 40 });
  let drawn = '';
  stream.on('data', (part: Buffer) => (drawn += part.toString()));
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    drawn: () => stripVTControlCharacters(drawn),
  };
}

describe('TerminalProgress', () => {
  let now: number;
  beforeEach(() => {
    now = START;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows count, rate, time and waits of each running step, and how each vendor ended', async () => {
    const { stream, drawn } = terminal();
    const kept: string[] = [];
    const progress = new TerminalProgress(
      ['acme', 'beta'],
      stream,
      (line) => kept.push(line),
      () => now,
    );
    await vi.waitFor(() => {
      expect(drawn()).toContain('acme');
    });

    progress.show('acme', { type: 'phase', phase: 'collecting' });
    progress.show('acme', { type: 'step-start', step: 'fetch-account', name: 'x' });
    progress.show('acme', { type: 'step-end', step: 'fetch-account', status: 'success', durationMs: 5 });
    progress.show('acme', { type: 'step-start', step: 'fetch-users', name: 'x' });
    progress.show('acme', { type: 'request', step: 'fetch-users' });
    progress.show('acme', { type: 'objects', step: 'fetch-users', added: 600 });
    progress.show('acme', { type: 'wait', step: 'fetch-users', reason: 'rate-limit', untilMs: START + 52_000 });
    progress.show('acme', { type: 'notice', level: 'warn', message: '2 users have no id' });
    progress.show('beta', { type: 'step-start', step: 'fetch-assets', name: 'x' });
    progress.show('beta', { type: 'step-end', step: 'fetch-assets', status: 'failure', durationMs: 9, error: '403' });
    now += 12_000;
    vi.advanceTimersByTime(400);
    progress.show('acme', { type: 'end', status: 'success', durationMs: 12_000 });
    progress.show('beta', { type: 'end', status: 'partial', durationMs: 12_000 });
    await progress.end();

    expect(drawn()).toContain('acme: collecting, 1 step done, 1 request, 12 s');
    expect(drawn()).toContain('fetch-users: 600 objects, 50/s, 12 s, waits: rate limit, 40 s');
    expect(drawn()).toContain('fetch-assets: FAILED after 9 ms: 403');
    expect(drawn()).toMatch(/✔ acme: collected in 12 s/);
    expect(drawn()).toMatch(/✖ beta: collected in part in 12 s/);
    expect(kept).toEqual(['acme: 2 users have no id']);
  });
});
