import { expect, it } from 'vitest';
import { IntColumn } from './int-column.js';

it('grows, and keeps values where they were put', () => {
  const column = new IntColumn();
  for (let index = 0; index < 5_000; index += 1) expect(column.push(1 - index)).toBe(index);

  column.set(4_321, 2 ** 31 - 1);
  column.set(5_000, 7);

  expect(column.length).toBe(5_000);
  expect([0, 1_023, 1_024, 4_321, 4_999, 5_000].map((place) => column.at(place))).toEqual([
    1,
    -1_022,
    -1_023,
    2 ** 31 - 1,
    -4_998,
    0,
  ]);
});
