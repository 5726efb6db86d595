import { describe, expect, it } from 'vitest';
import { createLogger } from '../logging/create-logger.js';
import type { LogLevel } from '../logging/log-level.js';
import { Messenger, type LogFormat } from './messenger.js';

function messages(format: LogFormat, level: LogLevel, talk: (messenger: Messenger) => void): string {
  let written = '';
  const redact = (text: string): string => text.replaceAll('secret', '***');
  talk(new Messenger({ format, level, write: (text) => (written += text), redact }));
  return written;
}

describe('Messenger', () => {
  it('tells people in plain words, without secrets and escapes', () => {
    expect(
      messages('pretty', 'warn', (m) => {
        m.say('error', 'the secret\nis \u001b[31mred');
      }),
    ).toBe('the ***\nis \\u001b[31mred\n');
  });

  it('tells programs in JSON', () => {
    const line = messages('json', 'warn', (m) => {
      m.say('error', 'the secret\nis out');
    });

    expect(JSON.parse(line)).toEqual({ time: expect.any(String) as string, level: 'error', msg: 'the ***\nis out' });
  });

  it.each<[LogFormat, LogLevel, number]>([
    ['pretty', 'warn', 1],
    ['pretty', 'debug', 2],
    ['json', 'warn', 2],
  ])(
    'as %s from %s on, logs %i lines of a failure that is reported elsewhere and a warning',
    (format, level, lines) => {
      const written = messages(format, level, (messenger) => {
        const logger = createLogger('acme', 'warn', (record) => {
          messenger.log(record);
        });
        logger.stepFailure({ id: 's', name: 'S', entities: [], relationships: [] }, new Error('x'));
        logger.warn('plain');
      });

      expect(written.trimEnd().split('\n')).toHaveLength(lines);
      expect(written).toContain('plain');
    },
  );
});
