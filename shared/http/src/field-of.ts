/**
 * A field of a decoded JSON value; undefined when the value is no object, or has no such field of its own.
 *
 * @example
 * import { fieldOf } from '@vendor-graph/http';
 * fieldOf({ token: 'next' }, 'token'); // => 'next'
 * fieldOf(null, 'token'); // => undefined
 */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
