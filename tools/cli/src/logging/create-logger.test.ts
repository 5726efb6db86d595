import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.js';
import type { LogLevel } from './log-level.js';
import type { LogRecord } from './log-record.js';

function logged(level: LogLevel, log: (logger: ReturnType<typeof createLogger>) => void): LogRecord[] {
  const records: LogRecord[] = [];
  log(createLogger('acme', level, (record) => records.push(record)));
  return records;
}

describe('createLogger', () => {
  it('passes on what is of the level or above, with the step', () => {
    const records = logged('info', (logger) => {
      logger.debug('quiet');
      logger.child({ stepId: 'fetch-users' }).info({ count: 2 }, 'found %d', 2);
    });

    expect(records).toMatchObject([{ name: 'acme', level: 30, msg: 'found 2', stepId: 'fetch-users', count: 2 }]);
  });

  it('never logs the properties of an error, nor an instance', () => {
    const error = Object.assign(new Error('failed', { cause: new TypeError('inner') }), {
      code: 'E1',
      headers: { authorization: 'secret-header' },
    });

    const records = logged('trace', (logger) => {
      logger.error({ err: error, instance: { id: 'i', name: 'n', config: { apiKey: 'secret-key' } } }, 'oops');
      logger.error(error);
    });

    expect(records[0]).toMatchObject({
      err: { name: 'Error', message: 'failed', code: 'E1', cause: 'TypeError: inner' },
      instance: { id: 'i', name: 'n' },
    });
    expect(JSON.stringify(records)).not.toContain('secret-');
  });
});
