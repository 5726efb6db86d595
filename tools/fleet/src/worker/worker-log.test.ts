import { describe, expect, it } from 'vitest';
import { workerLog } from './worker-log.js';

function logged(format: 'pretty' | 'json', message: string): string {
  let text = '';
  const log = workerLog(
    format,
    (line) => (text += line),
    () => Date.UTC(2026, 0, 1),
  );
  log('warn', message, { account: 'acme', durationMs: 5, job: undefined });
  return text;
}

describe('the log of a worker', () => {
  it('is for people', () => {
    expect(logged('pretty', 'ends')).toBe('2026-01-01T00:00:00.000Z warn acme: ends durationMs=5\n');
  });

  it('is for programs', () => {
    expect(logged('json', 'ends')).toBe(
      '{"time":"2026-01-01T00:00:00.000Z","level":"warn","message":"ends","account":"acme","durationMs":5}\n',
    );
  });

  it('moves no cursor', () => {
    expect(logged('pretty', '\u001b[2Jgone')).toContain('acme: ·[2Jgone');
  });
});
