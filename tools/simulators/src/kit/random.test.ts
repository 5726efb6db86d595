import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.js';

function draws(random: Random): unknown[] {
  return [random.fraction(), random.integer(1, 6), random.hex(10), random.uuid(), random.sample([1, 2, 3, 4], 2)];
}

describe('Random', () => {
  it('draws the same from the same seed, on every machine', () => {
    expect(draws(new Random(7))).toEqual(draws(new Random(7)));
    expect(new Random(7).hex(24)).toBe('ad2b95c2e58039b6a5febc51');
    expect(new Random(7).uuid()).toBe('ad2b95c2-e580-49b6-a5fe-bc5171859736');
  });

  it('draws something else from another seed', () => {
    expect(draws(new Random(7))).not.toEqual(draws(new Random(8)));
  });

  it('forks streams that do not depend on what was drawn before', () => {
    const random = new Random(7);
    const before = draws(random.fork('agent', 3));
    draws(random);

    expect(draws(random.fork('agent', 3))).toEqual(before);
    expect(draws(random.fork('agent', 4))).not.toEqual(before);
    expect(draws(random.fork('agent'))).not.toEqual(before);
  });

  it('spreads fractions evenly over [0, 1)', () => {
    const random = new Random(1);
    const buckets = Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n += 1) {
      const bucket = Math.floor(random.fraction() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }

    // Within five standard deviations of 10,000.
    expect(Math.min(...buckets)).toBeGreaterThan(9_525);
    expect(Math.max(...buckets)).toBeLessThan(10_475);
    expect(buckets).toHaveLength(10);
  });

  it('keeps to both ends of a range and reaches them', () => {
    const random = new Random(1);
    const seen = new Set(Array.from({ length: 1_000 }, () => random.integer(-1, 2)));

    expect([...seen].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it('samples different items, all of them when fewer are there than asked for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.uniqueArray(fc.integer()), fc.nat(20), (seed, items, count) => {
        const sample = new Random(seed).sample(items, count);

        expect(sample).toHaveLength(Math.min(count, items.length));
        expect(new Set(sample).size).toBe(sample.length);
        expect(items).toEqual(expect.arrayContaining(sample));
      }),
    );
  });

  it('makes version 4 UUIDs', () => {
    const random = new Random(1);
    for (let n = 0; n < 100; n += 1) {
      expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('is true as often as asked', () => {
    const random = new Random(1);
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;

    expect(hits).toBeGreaterThan(1_800);
    expect(hits).toBeLessThan(2_200);
  });

  it('cannot pick from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });
});
