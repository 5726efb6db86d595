import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ObjectShapes } from './object-shapes.js';

/** Whether V8 knows a shape of the object; otherwise it is a hash table. */
const hasShape = ((): ((object: object) => boolean) => {
  setFlagsFromString('--allow-natives-syntax');
  const ask = runInThisContext('(object) => %HasFastProperties(object)') as (object: object) => boolean;
  // The function is only read through at its first call.
  ask({});
  setFlagsFromString('--no-allow-natives-syntax');
  return ask;
})();

function numbered(count: number, prefix: string): Map<string, unknown> {
  return new Map(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index % 2 === 0 ? index : 'text']));
}

describe('ObjectShapes', () => {
  it('makes objects with the properties that are given, in their order', () => {
    const shapes = new ObjectShapes();

    expect(
      Object.entries(
        shapes.make(
          new Map<string, unknown>([
            ['b', 1],
            ['a', [2]],
          ]),
        ),
      ),
    ).toEqual([
      ['b', 1],
      ['a', [2]],
    ]);
    expect(
      Object.entries(
        shapes.make(
          new Map<string, unknown>([
            ['b', undefined],
            ['c', null],
          ]),
        ),
      ),
    ).toEqual([
      ['b', undefined],
      ['c', null],
    ]);
    expect(shapes.make(new Map())).toEqual({});
  });

  it('makes each object anew', () => {
    const shapes = new ObjectShapes();
    const first = shapes.make(new Map([['a', 1]]));
    const second = shapes.make(new Map([['a', 2]]));

    expect([first, second]).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('gives objects with dozens of properties a shape, whatever values they have', () => {
    const shapes = new ObjectShapes();
    const objects = [numbered(60, 'a'), numbered(60, 'b'), numbered(60, 'a')].map((properties) =>
      shapes.make(properties),
    );
    const texts = shapes.make(new Map([...numbered(60, 'a').keys()].map((name) => [name, 'text'])));

    expect([...objects, texts].map(hasShape)).toEqual([true, true, true, true]);
  });

  it.each([
    ['while it remembers shapes', 0],
    ['when there are too many of them', 10_001],
  ])('makes properties of names that objects have by nature, %s', (_case, others) => {
    const shapes = new ObjectShapes();
    for (let index = 0; index < others; index += 1) shapes.make(new Map([[`other${index}`, index]]));

    const object = shapes.make(
      new Map<string, unknown>([
        ['__proto__', { polluted: true }],
        ['constructor', 1],
      ]),
    );

    expect(Object.entries(object)).toEqual([
      ['__proto__', { polluted: true }],
      ['constructor', 1],
    ]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});
