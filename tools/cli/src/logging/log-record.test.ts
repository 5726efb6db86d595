import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.js';
import type { LogLevel } from './log-level.js';
import { isReportedElsewhere, jsonLine, prettyLine, type LogRecord } from './log-record.js';

const keep = (text: string): string => text;

/** The one record that is logged. */
function logged(level: LogLevel, log: (logger: ReturnType<typeof createLogger>) => void): LogRecord {
  const records: LogRecord[] = [];
  log(createLogger('acme', level, (record) => records.push(record)));
  const [record] = records;
  if (record === undefined) throw new Error('nothing was logged');
  return record;
}

describe('jsonLine', () => {
  it('is one line of JSON with names for levels', () => {
    const record = logged('warn', (logger) => {
      logger.warn({ count: 1 }, 'a\nb');
    });

    const line = jsonLine(record, keep);

    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      level: 'warn',
      vendor: 'acme',
      msg: 'a\nb',
      count: 1,
    });
  });

  it('survives cycles, big integers and a __proto__ of the vendor', () => {
    const cyclic: Record<string, unknown> = { big: 1n, shared: { a: 1 } };
    cyclic['self'] = cyclic;
    cyclic['again'] = cyclic['shared'];
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    const record = logged('warn', (logger) => {
      logger.warn({ cyclic, hostile }, 'x');
    });

    const parsed = JSON.parse(jsonLine(record, keep)) as { cyclic: unknown };

    expect(parsed.cyclic).toEqual({ big: '1', shared: { a: 1 }, self: '[circular]', again: { a: 1 } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('redacts texts before they are escaped', () => {
    const record = logged('warn', (logger) => {
      logger.warn({ value: 'key=a"b' }, 'x');
    });

    expect(jsonLine(record, (text) => text.replaceAll('a"b', '***'))).toContain('"value":"key=***"');
  });
});

describe('prettyLine', () => {
  it('shows fields only to those who asked for more', () => {
    const record = logged('info', (logger) => {
      logger.child({ stepId: 's1' }).info({ count: 1 }, 'done\u001b[2J\nforged line');
    });

    expect(prettyLine(record, keep, false)).toMatch(/^\d\d:\d\d:\d\d info acme s1: done\\u001b\[2J forged line$/);
    expect(prettyLine(record, keep, true)).toMatch(/ forged line \{"count":1\}$/);
  });
});

describe('isReportedElsewhere', () => {
  it('knows the failures that the SDK reports', () => {
    const plain = logged('warn', (logger) => {
      logger.warn('plain');
    });
    const failure = logged('warn', (logger) => {
      logger.stepFailure({ id: 's1', name: 'Step 1', entities: [], relationships: [] }, new Error('x'));
    });

    expect(isReportedElsewhere(plain)).toBe(false);
    expect(isReportedElsewhere(failure)).toBe(true);
  });
});
