import { describe, expect, it } from 'vitest';
import { layeredLayout } from './layered-layout.js';

const boxes = (...bands: number[]): { width: number; band: number }[] => bands.map((band) => ({ width: 100, band }));

describe('layeredLayout', () => {
  it('puts each box right of the one that leads to it', () => {
    const [a, b, c] = layeredLayout(
      boxes(0, 0, 0),
      [
        [0, 1],
        [1, 2],
      ],
      'distance',
    );

    expect(a?.x).toBeLessThan(b?.x ?? 0);
    expect(b?.x).toBeLessThan(c?.x ?? 0);
  });

  it.each([
    ['distance', true],
    ['order', false],
  ] as const)('by %s, a box that can be reached at once stands beside the first: %s', (columnsBy, isNear) => {
    const [, b, c] = layeredLayout(
      boxes(0, 0, 0),
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      columnsBy,
    );

    expect(b?.x === c?.x).toBe(isNear);
  });

  it.each(['distance', 'order'] as const)('places circles and boxes that point to themselves, by %s', (columnsBy) => {
    const positions = layeredLayout(
      boxes(0, 0, 0),
      [
        [0, 1],
        [1, 0],
        [2, 2],
      ],
      columnsBy,
    );

    expect(new Set(positions.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  });

  it('keeps bands apart, one below the other', () => {
    const [a, b, c] = layeredLayout(boxes(0, 1, 1), [[1, 2]], 'distance');

    expect(a?.y).toBeLessThan(Math.min(b?.y ?? 0, c?.y ?? 0));
  });

  it('answers the same for the same graph', () => {
    const arrows = [
      [0, 1],
      [0, 2],
      [2, 3],
      [1, 3],
    ] as const;

    expect(layeredLayout(boxes(0, 0, 0, 0), arrows, 'order')).toEqual(
      layeredLayout(boxes(0, 0, 0, 0), arrows, 'order'),
    );
  });

  it('places nothing for nothing', () => {
    expect(layeredLayout([], [], 'distance')).toEqual([]);
  });
});
