import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ShapedObject } from './shaped-object.js';

/** Whether V8 knows a shape of the object; otherwise it is a hash table. */
const hasShape = ((): ((object: object) => boolean) => {
  setFlagsFromString('--allow-natives-syntax');
  const ask = runInThisContext('(object) => %HasFastProperties(object)') as (object: object) => boolean;
  // The function is only read through at its first call.
  ask({});
  setFlagsFromString('--no-allow-natives-syntax');
  return ask;
})();

type Properties = readonly (readonly [name: string, value: unknown])[];

function made(shaped: ShapedObject, properties: Properties): Record<string, unknown> {
  for (const [name, value] of properties) shaped.set(name, value);
  return shaped.make();
}

function numbered(count: number, prefix: string): Properties {
  return Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index % 2 === 0 ? index : 'text'] as const);
}

describe('ShapedObject', () => {
  it.each<[string, Properties]>([
    ['none', []],
    [
      'values of any type',
      [
        ['b', 1],
        ['a', [2]],
      ],
    ],
    [
      'no values',
      [
        ['b', undefined],
        ['c', null],
      ],
    ],
  ])('makes objects with the properties that were set, in their order: %s', (_case, properties) => {
    const shaped = new ShapedObject();

    expect(Object.entries(made(shaped, properties))).toEqual(properties);
    expect(Object.entries(made(shaped, properties))).toEqual(properties);
  });

  it('makes each object anew, without what was set for the one before', () => {
    const shaped = new ShapedObject();
    const first = made(shaped, [['a', 1]]);
    const second = made(shaped, [
      ['a', 2],
      ['b', 3],
    ]);
    const third = made(shaped, [['b', 4]]);

    expect([first, second, third]).toEqual([{ a: 1 }, { a: 2, b: 3 }, { b: 4 }]);
  });

  it('keeps the place of a name that is set again, and takes the later value', () => {
    const shaped = new ShapedObject();
    const twice = [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const;

    for (let round = 0; round < 2; round += 1)
      expect(Object.entries(made(shaped, twice))).toEqual([
        ['a', 3],
        ['b', 2],
        ['c', 4],
      ]);
  });

  it('tells what was set for the next object', () => {
    const shaped = new ShapedObject();
    made(shaped, [['old', 1]]);
    shaped.set('a', undefined);
    shaped.set('b', 2);

    expect(['a', 'b', 'old', ''].map((name) => [shaped.has(name), shaped.get(name)])).toEqual([
      [true, undefined],
      [true, 2],
      [false, undefined],
      [false, undefined],
    ]);
  });

  it('forgets what was set when it is cleared', () => {
    const shaped = new ShapedObject();
    shaped.set('a', 1);
    shaped.clear();

    expect([shaped.has('a'), shaped.make()]).toEqual([false, {}]);
  });

  it('gives objects with dozens of properties a shape, whatever values they have', () => {
    const shaped = new ShapedObject();
    const objects = ['a', 'b', 'a'].map((prefix) => made(shaped, numbered(60, prefix)));
    const texts = made(
      shaped,
      numbered(60, 'a').map(([name]) => [name, 'text'] as const),
    );

    expect([...objects, texts].map(hasShape)).toEqual([true, true, true, true]);
  });

  it.each([
    ['while it remembers shapes', 0],
    ['when there are too many of them', 10_001],
  ])('makes properties of any name, %s', (_case, others) => {
    const shaped = new ShapedObject();
    for (let index = 0; index < others; index += 1) made(shaped, [[`other${index}`, index]]);

    const properties = [
      ['__proto__', { polluted: true }],
      ['constructor', 1],
      ['', 2],
    ] as const;
    const object = made(shaped, properties);

    expect(Object.entries(object)).toEqual(properties);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});
