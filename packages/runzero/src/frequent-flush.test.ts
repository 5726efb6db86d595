import { expect, it } from 'vitest';
import { FrequentFlush } from './frequent-flush.js';

it('writes out whenever enough objects have come together, and not before', async () => {
  const flushedAfter: number[] = [];
  let total = 0;
  const flush = new FrequentFlush({ flush: async () => void flushedAfter.push(total) }, 500);

  for (const objects of [499, 1, 0, 499, 100, 499, 1]) {
    total += objects;
    await flush.added(objects);
  }

  expect(flushedAfter).toEqual([500, 1_099, 1_599]);
});
