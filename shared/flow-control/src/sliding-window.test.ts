import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.js';

describe('SlidingWindow', () => {
  it('opens one window after the start that is `limit` starts ago', () => {
    const window = new SlidingWindow(3, 1_000);
    const opens: number[] = [];

    for (const start of [0, 100, 250, 1_000, 1_100, 1_250]) {
      opens.push(window.opensAt());
      window.start(start);
    }

    expect(opens).toEqual([-Infinity, -Infinity, -Infinity, 1_000, 1_100, 1_250]);
    expect(window.opensAt()).toBe(2_000);
  });

  it('never opens early, however the sum of a start and the window is rounded', () => {
    const windowMs = 482;
    const window = new SlidingWindow(1, windowMs);

    const early = Array.from({ length: 10_000 }, (_, index) => {
      const start = (index * 482) / 3;
      window.start(start);
      return window.opensAt() - start;
    }).filter((waitMs) => waitMs < windowMs || waitMs > windowMs + 1e-6);

    expect(early).toEqual([]);
  });
});
