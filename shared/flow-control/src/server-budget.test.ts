import { describe, expect, it } from 'vitest';
import { ServerBudget } from './server-budget.js';

const OPEN = -Infinity;

describe('ServerBudget', () => {
  it('is open while the server has told nothing', () => {
    expect(new ServerBudget(1_000).opensAt(100, 0)).toBe(OPEN);
  });

  it.each([
    ['more remains than is on its way', { remaining: 5, resetAfterMs: 800 }, 4, OPEN],
    ['no more remains than is on its way', { remaining: 4, resetAfterMs: 800 }, 4, 900],
    ['nothing remains', { remaining: 0, resetAfterMs: 800 }, 0, 900],
    ['nothing remains and no reset is told: our own window', { remaining: 0 }, 0, 1_100],
    ['only a reset is told', { resetAfterMs: 800 }, 10, OPEN],
    ['only a limit is told', { limit: 5 }, 10, OPEN],
  ])('%s', (_, told, outstanding, opensAt) => {
    const budget = new ServerBudget(1_000);

    budget.learn(told, 100);

    expect(budget.opensAt(outstanding, 100)).toBe(opensAt);
  });

  it('takes the smallest number of a window for the latest, since answers overtake each other', () => {
    const budget = new ServerBudget(1_000);

    budget.learn({ remaining: 2, resetAfterMs: 500 }, 100);
    budget.learn({ remaining: 3, resetAfterMs: 495 }, 110);

    expect(budget.opensAt(2, 110)).toBe(605);
  });

  it('takes a reset time that is much later for another window', () => {
    const budget = new ServerBudget(1_000);

    budget.learn({ remaining: 0, resetAfterMs: 500 }, 0);
    budget.learn({ remaining: 150, resetAfterMs: 60_000 }, 400);

    expect(budget.opensAt(149, 400)).toBe(OPEN);
    expect(budget.opensAt(150, 400)).toBe(60_400);
  });

  it('opens at the reset, for as many as the server is known to grant', () => {
    const budget = new ServerBudget(1_000);

    budget.learn({ limit: 20, remaining: 0, resetAfterMs: 3_000 }, 0);

    expect(budget.opensAt(0, 2_999)).toBe(3_000);
    expect(budget.opensAt(19, 3_000)).toBe(OPEN);
    expect(budget.opensAt(20, 3_000)).toBe(6_000);
  });

  it('opens at the reset without bounds when no limit is known', () => {
    const budget = new ServerBudget(1_000);

    budget.learn({ remaining: 0, resetAfterMs: 3_000 }, 0);

    expect(budget.opensAt(1_000, 3_000)).toBe(OPEN);
  });
});
