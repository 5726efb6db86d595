import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.js';

describe('BufferPool', () => {
  it('gives out again what was given back, if it is large enough', () => {
    const pool = new BufferPool();
    const small = pool.take(10);
    const large = pool.take(1_000);
    pool.giveBack(small);
    pool.giveBack(large);

    expect(pool.take(11)).toBe(large);
    expect(pool.take(10)).toBe(small);
    expect(pool.take(5).length).toBe(5);
  });

  it('keeps the largest few', () => {
    const pool = new BufferPool();
    const buffers = Array.from({ length: 12 }, (_, index) => pool.take(100 + index));
    for (const buffer of buffers) pool.giveBack(buffer);

    const kept = Array.from({ length: 12 }, () => pool.take(1)).filter((buffer) => buffers.includes(buffer));

    expect(kept).toEqual(buffers.slice(4));
  });
});
