import { expect, it } from 'vitest';
import { ListLengths } from './list-lengths.js';

it.each([
  ['no list', [], undefined],
  ['three empty lists', [0, 0, 0], undefined],
  ['two lists of a round length', [50, 50, 7], undefined],
  ['three lists of a round length', [50, 7, 50, 50], 50],
  ['round lengths below the greatest one', [50, 50, 50, 51], undefined],
  ['a greatest length that is not round', [51, 51, 51, 50], undefined],
  ['a greatest length that comes last', [10, 10, 10, 100, 100, 100], 100],
  ['three lists of 1000', [1_000, 1_000, 1_000], 1_000],
])('judges %s', (_, lengths, expected) => {
  const counted = new ListLengths();

  for (const length of lengths) counted.add(length);

  expect(counted.suspicious).toBe(expected);
});
