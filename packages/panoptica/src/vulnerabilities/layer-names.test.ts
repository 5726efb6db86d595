import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLayerName, MAX_LAYER_NAMES } from './layer-names.js';

const PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';

function added(names: readonly string[]): readonly string[] {
  return names.reduce<readonly string[]>((list, name) => addLayerName(list, name), []);
}

describe('addLayerName', () => {
  it('has each name once, in order, the placeholder last', () => {
    expect(added(['RUN b', PLACEHOLDER, 'RUN a', 'RUN b', 'Z', PLACEHOLDER])).toEqual([
      'RUN a',
      'RUN b',
      'Z',
      PLACEHOLDER,
    ]);
  });

  it('stores what it is told to store, for names that it adds only', () => {
    const kept: string[] = [];
    const keep = (name: string) => {
      kept.push(name);
      return name;
    };

    addLayerName(addLayerName(addLayerName([], 'b', keep), 'b', keep), 'a', keep);

    expect(kept).toEqual(['b', 'a']);
  });

  it('keeps the first 50, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 60, maxLength: 80 }),
        fc.infiniteStream(fc.nat()),
        (names, draws) => {
          const expected = names.toSorted().slice(0, 50);
          const shuffled = names
            .map((name) => ({ name, place: draws.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ name }) => name);

          expect(MAX_LAYER_NAMES).toBe(50);
          expect(added(shuffled)).toEqual(expected);
        },
      ),
    );
  });

  it('gives the placeholder up first', () => {
    const names = Array.from({ length: 50 }, (_, index) => `RUN ${index + 10}`);

    expect(added([PLACEHOLDER, ...names])).toEqual(names);
    expect(added([...names, PLACEHOLDER])).toEqual(names);
  });
});
