import { expect, it } from 'vitest';
import { IndexList } from './index-list.js';

it('is empty at first', () => {
  const list = new IndexList();

  expect([list.length, [...list.values()]]).toEqual([0, []]);
});

it('keeps numbers in order while it grows', () => {
  const list = new IndexList();

  for (let number = 0; number < 1_000; number += 1) list.add(number * 3);

  expect(list.length).toBe(1_000);
  expect([...list.values()]).toEqual(Array.from({ length: 1_000 }, (_, i) => i * 3));
});

it('holds the largest number of 32 bits', () => {
  const list = new IndexList();

  list.add(4_294_967_295);

  expect([...list.values()]).toEqual([4_294_967_295]);
});
