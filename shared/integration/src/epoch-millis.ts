/** The latest time that a Date can hold. */
const MAX_MILLIS = 8.64e15;
/** The form that every engine reads alike, and most vendors write: with T, with a zone, the zone with a colon. */
const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;
const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A time in epoch seconds as the graph's epoch milliseconds. Vendors write "never" as 0, null or a time before 1970:
 * all of them, and what is not a time at all, are undefined.
 *
 * @example
 * import { millis } from '@vendor-graph/integration';
 * millis(1_700_000_000); // => 1700000000000
 * millis(0); // => undefined
 */
export function millis(seconds: number | null | undefined): number | undefined {
  return seconds == null ? undefined : known(Math.round(seconds * 1000));
}

/**
 * An ISO 8601 date or time as epoch milliseconds; without a zone it is UTC. Undefined for times up to 1970-01-01 (see
 * {@link millis}) and for any other text.
 *
 * @example
 * import { isoMillis } from '@vendor-graph/integration';
 * isoMillis('2026-01-01T00:00:00Z'); // => 1767225600000
 * isoMillis('yesterday'); // => undefined
 */
export function isoMillis(text: string | null | undefined): number | undefined {
  if (text != null && EXACT_TIME.test(text)) return known(Date.parse(text));
  const [, date, time = '00:00', zone = 'Z'] = ISO_TIME.exec(text?.trim() ?? '') ?? [];
  if (date === undefined) return undefined;
  // Brought into that form.
  return known(Date.parse(`${date}T${time}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`));
}

function known(time: number): number | undefined {
  return time > 0 && time <= MAX_MILLIS ? time : undefined;
}
