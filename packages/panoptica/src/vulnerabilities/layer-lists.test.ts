import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerLists, MAX_LAYERS } from './layer-lists.js';
import { SharedTexts } from './shared-texts.js';

const PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';

function listOf(names: readonly string[]): string[] {
  const lists = new LayerLists(new SharedTexts());
  const list = lists.addList();
  for (const name of names) lists.addName(list, name);
  return lists.namesOf(list);
}

describe('LayerLists', () => {
  it('has each name once, in order, the placeholder last', () => {
    expect(listOf(['RUN b', PLACEHOLDER, 'RUN a', 'RUN b', 'Z', PLACEHOLDER])).toEqual([
      'RUN a',
      'RUN b',
      'Z',
      PLACEHOLDER,
    ]);
  });

  it('keeps the lists apart', () => {
    const lists = new LayerLists(new SharedTexts());
    const numbers = Array.from({ length: 3_000 }, () => lists.addList());

    for (const name of ['b', 'a', 'c']) for (const number of numbers) lists.addName(number, `${name} ${number % 2}`);

    expect(numbers.slice(-3)).toEqual([2_997, 2_998, 2_999]);
    expect(lists.namesOf(2_998)).toEqual(['a 0', 'b 0', 'c 0']);
    expect(lists.namesOf(2_999)).toEqual(['a 1', 'b 1', 'c 1']);
    expect(lists.namesOf(lists.addList())).toEqual([]);
  });

  it('keeps the first 50, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.nat()), { minLength: 60, maxLength: 80, selector: ([name]) => name }),
        (drawn) => {
          const names = drawn.toSorted(([, a], [, b]) => a - b).map(([name]) => name);

          expect(MAX_LAYERS).toBe(50);
          expect(listOf(names)).toEqual(names.toSorted().slice(0, 50));
        },
      ),
    );
  });

  it('gives the placeholder up first', () => {
    const names = Array.from({ length: 50 }, (_, index) => `RUN ${index + 10}`);

    expect(listOf([PLACEHOLDER, ...names])).toEqual(names);
    expect(listOf([...names, PLACEHOLDER])).toEqual(names);
    expect(listOf([...names.slice(1), PLACEHOLDER])).toEqual([...names.slice(1), PLACEHOLDER]);
  });
});
