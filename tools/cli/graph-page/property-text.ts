/** From 1990 to 2100: a number of milliseconds outside of it is no time that anybody has recorded. */
const EARLIEST_MS = Date.UTC(1990, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** A property's value as people read it: lists line by line, times beside their number. */
export function propertyText(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => plainText(item)).join('\n');
  if (typeof value === 'number' && /(On|At|Seen|time)$/.test(name) && value >= EARLIEST_MS && value < LATEST_MS)
    return new Date(value).toISOString().replace('T', ' ').replace('.000Z', ' UTC').replace('Z', ' UTC');
  return plainText(value);
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
}
