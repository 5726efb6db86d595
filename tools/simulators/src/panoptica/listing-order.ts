import type { Random } from '../kit/random.js';

/**
 * The positions 0 to `count - 1` in the order of `compare`. With `shuffle`, those that compare equal come in a new
 * random order each time: the live service promises no order among them either.
 */
export function listingOrder(
  count: number,
  compare: (a: number, b: number) => number,
  direction: 'ASC' | 'DESC',
  shuffle?: Random,
): number[] {
  const positions = Array.from({ length: count }, (_, index) => index);
  const sign = direction === 'ASC' ? 1 : -1;
  if (shuffle === undefined) return positions.sort((a, b) => sign * compare(a, b) || a - b);
  const drawn = positions.map(() => shuffle.fraction());
  return positions.sort((a, b) => sign * compare(a, b) || (drawn[a] ?? 0) - (drawn[b] ?? 0));
}

/** For `compare`: by a text or number of each position. */
export function by(valueOf: (position: number) => string | number): (a: number, b: number) => number {
  return (a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)];
    return first < second ? -1 : Number(first > second);
  };
}
