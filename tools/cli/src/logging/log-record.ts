import { neutralize, neutralizeLine } from '../terminal/neutralize.js';

/** A record of bunyan, the SDK's logger. */
export interface LogRecord {
  name: string;
  level: number;
  msg: string;
  time: Date;
  stepId?: unknown;
  [field: string]: unknown;
}

/** bunyan's levels. */
const LEVEL_NAMES: Readonly<Record<number, string>> = Object.freeze({
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
});

/** Fields that every record has. */
const STANDARD_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'hostname',
  'pid',
  'level',
  'msg',
  'time',
  'v',
  'stepId',
]);

/** bunyan's warn. */
const WARN = 40;

/**
 * A record as a line of JSON.
 *
 * @param redact applied to each text, before it is escaped.
 */
export function jsonLine(record: LogRecord, redact: (text: string) => string): string {
  const { name, level, msg, time, stepId } = record;
  const head = { time: time.toISOString(), level: LEVEL_NAMES[level] ?? level, vendor: name, stepId, msg };
  return stringify({ ...head, ...ownFields(record) }, redact);
}

/**
 * A record as a line for people: `12:34:56 warn runzero fetch-users: message`, followed, for those who asked for more than
 * warnings, by its fields.
 */
export function prettyLine(record: LogRecord, redact: (text: string) => string, verbose: boolean): string {
  const { name, level, msg, time, stepId } = record;
  const source = typeof stepId === 'string' ? `${name} ${stepId}` : name;
  const head = `${time.toISOString().slice(11, 19)} ${LEVEL_NAMES[level] ?? level} ${source}: ${neutralizeLine(redact(msg))}`;
  const fields = ownFields(record);
  return verbose && Object.keys(fields).length > 0 ? `${head} ${stringify(fields, redact)}` : head;
}

/**
 * Whether a record says only what the progress and the summary say as well: the SDK logs the failures that it also
 * reports.
 */
export function isReportedElsewhere(record: LogRecord): boolean {
  return record.level >= WARN && typeof record['errorId'] === 'string';
}

function ownFields(record: LogRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !STANDARD_FIELDS.has(field)));
}

/** JSON of anything: cycles are cut, big integers and functions written out, dangerous characters escaped. */
function stringify(value: unknown, redact: (text: string) => string): string {
  const ancestors: object[] = [];
  const json = JSON.stringify(value, function (this: unknown, _key, item: unknown) {
    if (typeof item === 'string') return redact(item);
    if (typeof item === 'bigint') return item.toString();
    if (typeof item !== 'object' || item === null) return item;
    // `this` is the object that holds the item: whatever stands behind it in the list is finished.
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(item)) return '[circular]';
    ancestors.push(item);
    return item;
  });
  return neutralize(json);
}
