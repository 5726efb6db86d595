import type { PlannedFault } from './fault-plan.js';
import type { Fault } from './fault.js';

/** A planned fault as JSON: the route is a text (`GET /v2/agents`), or `pattern` holds a regular expression's source. */
export interface FaultRequest {
  readonly route?: string;
  readonly pattern?: string;
  readonly skip?: number;
  readonly times?: number;
  readonly fault: Exclude<Fault, { kind: 'rewrite' }>;
}

const count = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;
const status = { type: 'integer', minimum: 200, maximum: 599 } as const;
const texts = { type: 'object', additionalProperties: text } as const;

/** JSON schema of each kind of fault that can be asked for over HTTP. */
const FAULT_SCHEMAS: Readonly<Record<FaultRequest['fault']['kind'], object>> = {
  status: faultSchema('status', { status, body: {}, headers: texts }, ['status']),
  body: faultSchema('body', { body: text, status, headers: texts }, ['body']),
  redirect: faultSchema('redirect', { location: text, status }, ['location']),
  reset: faultSchema('reset', {}, []),
  silence: faultSchema('silence', {}, []),
  endless: faultSchema('endless', { chunk: { type: 'string', minLength: 1 }, headers: texts }, ['chunk']),
  raw: faultSchema('raw', { data: text, closeAfterMs: count }, ['data']),
  delay: faultSchema('delay', { ms: count }, ['ms']),
  'reset-after': faultSchema('reset-after', { bytes: count }, ['bytes']),
  cut: faultSchema('cut', { bytes: count }, ['bytes']),
  stall: faultSchema('stall', { bytes: count }, ['bytes']),
  truncate: faultSchema('truncate', { bytes: count }, ['bytes']),
  slice: faultSchema('slice', { bytes: { type: 'integer', minimum: 1 }, everyMs: count }, ['bytes']),
  headers: faultSchema('headers', { headers: { type: 'object', additionalProperties: { type: ['string', 'null'] } } }, [
    'headers',
  ]),
  'close-after': faultSchema('close-after', {}, []),
};

export const FAULT_REQUEST_SCHEMA = {
  type: 'object',
  properties: {
    route: text,
    pattern: text,
    skip: count,
    times: count,
    fault: {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: Object.values(FAULT_SCHEMAS),
    },
  },
  required: ['fault'],
  oneOf: [{ required: ['route'] }, { required: ['pattern'] }],
} as const;

/** What the request asks for. The schema has been checked before. */
export function plannedFault({ route, pattern, ...rest }: FaultRequest): PlannedFault {
  return { route: pattern === undefined ? (route ?? '*') : new RegExp(pattern), ...rest };
}

function faultSchema(kind: string, properties: object, required: readonly string[]): object {
  return { properties: { kind: { const: kind }, ...properties }, required: ['kind', ...required] };
}
