import { Type, type TObject, type TSchema } from './schema-type.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordReader } from './record-reader.js';

const optional = (schema: TSchema): TObject => Type.Object({ id: Type.String(), field: Type.Optional(schema) });

const agent = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.Optional(Type.String()),
  cpus: Type.Optional(Type.Integer()),
  load: Type.Optional(Type.Number()),
  online: Type.Optional(Type.Boolean()),
  owner: Type.Optional(
    Type.Union([Type.Null(), Type.Object({ id: Type.String(), email: Type.Optional(Type.String()) })]),
  ),
  addresses: Type.Optional(Type.Array(Type.String())),
  tags: Type.Optional(Type.Record(Type.String(), Type.String())),
  extra: Type.Optional(Type.Unknown()),
});

describe('recordReader', () => {
  it('copies the fields of the schema and nothing else, at every level', () => {
    const record = {
      id: 'a1',
      name: 'web',
      cpus: 4,
      load: 0.5,
      online: true,
      owner: { id: 'o1', email: 'o@example.com', password: 'no' },
      addresses: ['192.0.2.1'],
      tags: { env: 'prod' },
      extra: { deep: [{ er: null }] },
      token: 'no',
    };

    const read = recordReader(agent).read(record);

    expect(read).toStrictEqual({
      id: 'a1',
      name: 'web',
      cpus: 4,
      load: 0.5,
      online: true,
      owner: { id: 'o1', email: 'o@example.com' },
      addresses: ['192.0.2.1'],
      tags: { env: 'prod' },
      extra: { deep: [{ er: null }] },
    });
  });

  it('shares nothing with the original', () => {
    const record = { id: 'a1', owner: { id: 'o1' }, addresses: ['192.0.2.1'], tags: { env: 'prod' }, extra: [{}] };
    const read = recordReader(agent).read(record);

    record.owner.id = 'changed';
    record.addresses.push('changed');
    record.tags.env = 'changed';
    record.extra.push({});

    expect(read).toStrictEqual({
      id: 'a1',
      owner: { id: 'o1' },
      addresses: ['192.0.2.1'],
      tags: { env: 'prod' },
      extra: [{}],
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [{ id: 'a1' }]],
    ['a text', 'a1'],
    ['a number', 1],
    ['an object without the required field', { name: 'web' }],
    ['a required field that is null', { id: null }],
    ['a required field of a wrong type', { id: 7 }],
    ['a required field that breaks a rule', { id: '' }],
  ])('cannot read %s', (_case, value) => {
    expect(recordReader(agent).read(value)).toBeUndefined();
  });

  it('leaves out optional fields of a wrong type', () => {
    const record = {
      id: 'a1',
      name: null,
      cpus: 1.5,
      load: '0.5',
      online: 'yes',
      owner: 'o1',
      addresses: '192.0.2.1',
      tags: ['env'],
      extra: undefined,
    };

    expect(recordReader(agent).read(record)).toStrictEqual({ id: 'a1' });
  });

  it('leaves out list items and map entries of a wrong type, and nested objects without what they need', () => {
    const record = {
      id: 'a1',
      owner: { email: 'o@example.com' },
      addresses: ['192.0.2.1', null, 7, '192.0.2.2'],
      tags: { env: 'prod', level: 3 },
    };

    expect(recordReader(agent).read(record)).toStrictEqual({
      id: 'a1',
      addresses: ['192.0.2.1', '192.0.2.2'],
      tags: { env: 'prod' },
    });
  });

  it.each<[string, TSchema, readonly unknown[], readonly unknown[]]>([
    ['String', Type.String(), ['', 'x', 'x'.repeat(1_000_000)], [1, true, null, {}, []]],
    ['String with lengths', Type.String({ minLength: 2, maxLength: 3 }), ['ab', 'abc'], ['a', 'abcd']],
    ['String with a pattern', Type.String({ pattern: '^i-[0-9a-f]+$' }), ['i-0f'], ['i-', 'i-0g', 'xi-0']],
    ['Number', Type.Number(), [0, -1.5, 2 ** 60], [NaN, Infinity, '1', null]],
    ['Number within bounds', Type.Number({ minimum: 0, maximum: 10 }), [0, 9.5, 10], [-1, 10.1]],
    ['Integer', Type.Integer(), [0, -1, Number.MAX_SAFE_INTEGER], [1.5, 2 ** 53, 1e300, Infinity, '1']],
    ['Boolean', Type.Boolean(), [true, false], ['true', 0, null]],
    ['Null', Type.Null(), [null], [0, '', false]],
    ['Literal', Type.Literal('on'), ['on'], ['off', true]],
    [
      'Union of literals',
      Type.Union([Type.Literal('on'), Type.Literal(1), Type.Literal(true)]),
      ['on', 1, true],
      ['1', 0],
    ],
    ['Union', Type.Union([Type.String(), Type.Array(Type.String())]), ['a', ['a', 'b']], [1, {}]],
    ['Array', Type.Array(Type.Integer()), [[], [1, 2]], [{}, { length: 1 }, '12']],
    ['Record', Type.Record(Type.String(), Type.Number()), [{}, { a: 1, 'b c': 2 }], [[], 'a', null]],
    ['Unknown', Type.Unknown(), ['a', 1, false, null, [1, { a: [] }]], [undefined, NaN, 1n, () => 1, [undefined]]],
  ])('knows %s', (_name, schema, right, wrong) => {
    const reader = recordReader(optional(schema));

    for (const field of right) expect(reader.read({ id: 'a', field })).toStrictEqual({ id: 'a', field });
    for (const field of wrong) expect(reader.read({ id: 'a', field })).toStrictEqual({ id: 'a' });
  });

  it.each([
    ['a type', optional(Type.Tuple([Type.String()])), 'recordReader cannot read the type Tuple of the record.field.'],
    [
      'a rule',
      optional(Type.Array(Type.String({ format: 'email' }))),
      'recordReader does not check the rule "format" of the record.field[]; leave it out of the schema.',
    ],
    [
      'a default',
      optional(Type.String({ default: 'x' })),
      'recordReader does not check the rule "default" of the record.field; leave it out of the schema.',
    ],
    [
      'keys that are not any text',
      optional(Type.Record(Type.String({ pattern: '^a' }), Type.String())),
      'recordReader reads records with keys of type string only, unlike the record.field.',
    ],
  ])('refuses a schema with %s that it would not honour', (_case, schema, message) => {
    expect(() => recordReader(schema)).toThrow(new TypeError(message));
  });
});

describe('recordReader and hostile data', () => {
  const inherited = Type.Object({
    id: Type.String(),
    constructor: Type.Optional(Type.Unknown()),
    toString: Type.Optional(Type.Union([Type.String(), Type.Unknown()])),
    hasOwnProperty: Type.Optional(Type.Unknown()),
  });

  it('does not take for a field what every object inherits', () => {
    expect(recordReader(inherited).read({ id: 'a' })).toStrictEqual({ id: 'a' });
  });

  it('copies own fields with such names', () => {
    const record = JSON.parse('{"id":"a","constructor":"c","toString":"t","hasOwnProperty":{"x":1}}') as unknown;

    const read = recordReader(inherited).read(record);

    expect(Object.entries(read ?? {})).toEqual([
      ['id', 'a'],
      ['constructor', 'c'],
      ['toString', 't'],
      ['hasOwnProperty', { x: 1 }],
    ]);
  });

  it('never copies a key named __proto__, wherever it stands', () => {
    const poison = '"__proto__":{"polluted":true}';
    const record = JSON.parse(
      `{"id":"a",${poison},"owner":{"id":"o",${poison}},"tags":{"__proto__":"x","env":"prod"},"extra":{${poison},"list":[{${poison}}]}}`,
    ) as unknown;

    const read = recordReader(agent).read(record);

    expect(JSON.stringify(read)).toBe('{"id":"a","owner":{"id":"o"},"tags":{"env":"prod"},"extra":{"list":[{}]}}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get(read?.extra as object, 'polluted')).toBeUndefined();
  });

  it.each([
    ['lists', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ])('leaves out %s that are nested 10,000 levels deep', (_case, nested) => {
    const record = JSON.parse(
      `{"id":"a","name":${nested},"owner":${nested},"addresses":${nested},"extra":${nested}}`,
    ) as unknown;

    expect(recordReader(agent).read(record)).toEqual({ id: 'a', addresses: nested.startsWith('[') ? [] : undefined });
  });

  it('takes JSON of any form up to 20 levels deep', () => {
    const reader = recordReader(agent);
    const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

    expect(reader.read({ id: 'a', extra: nested(20) })).toStrictEqual({ id: 'a', extra: nested(20) });
    expect(reader.read({ id: 'a', extra: nested(21) })).toStrictEqual({ id: 'a' });
  });

  it('survives any JSON: what it reads is of the schema, is JSON, and is read again as the same', () => {
    const reader = recordReader(agent);
    const key = fc.oneof(
      fc.constantFrom('id', 'name', 'cpus', 'load', 'online', 'owner', 'addresses', 'tags', 'extra'),
      fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON'),
      fc.string(),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.double(),
        fc.constantFrom(null, true, false, 2 ** 53 + 2, -0, 1e308),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .array(fc.tuple(key, tie('value')), { maxLength: 12 })
          // Through text, as from a vendor: a key __proto__ is then an own key.
          .map(
            (entries) =>
              JSON.parse(
                `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
              ) as unknown,
          ),
      ),
    }));
    const names = Object.keys(agent.properties);

    fc.assert(
      fc.property(
        fc.oneof(
          value,
          value.map((parts) => ({ ...Object(parts), id: 'a1' }) as unknown),
        ),
        (record) => {
          const before = JSON.stringify(record);
          const read = reader.read(record);

          expect(JSON.stringify(record)).toBe(before);
          if (read === undefined) return;
          expect(names).toEqual(expect.arrayContaining(Object.keys(read)));
          expect(typeof read.id === 'string' && read.id.length > 0).toBe(true);
          expect(Object.keys(read.owner ?? {}).filter((name) => name !== 'id' && name !== 'email')).toEqual([]);
          expect(Object.values(read.tags ?? {}).filter((tag) => typeof tag !== 'string')).toEqual([]);
          expect(JSON.stringify(read)).not.toContain('"__proto__":');
          expect(reader.read(JSON.parse(JSON.stringify(read)))).toEqual(read);
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
