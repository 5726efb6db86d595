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
});
