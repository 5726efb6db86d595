import { expect, it } from 'vitest';
import { RetryBudget, TIMEOUT_COST, TRANSIENT_COST } from './retry-budget.js';

function spend(budget: RetryBudget, cost: number): number {
  let retries = 0;
  while (budget.take(cost)) retries += 1;
  return retries;
}

it.each([
  ['failures', TRANSIENT_COST, 100],
  ['time-outs', TIMEOUT_COST, 50],
])('allows so many retries after %s without a success', (_what, cost, retries) => {
  expect(spend(new RetryBudget(), cost)).toBe(retries);
});

it('gets back what the last retry cost when it succeeds', () => {
  const budget = new RetryBudget();
  spend(budget, TRANSIENT_COST);

  budget.giveBack(TRANSIENT_COST);

  expect(spend(budget, TRANSIENT_COST)).toBe(1);
});

it('earns a retry by five requests that succeed at once', () => {
  const budget = new RetryBudget();
  spend(budget, TRANSIENT_COST);

  for (let request = 0; request < 5; request += 1) budget.giveBack(0);

  expect(spend(budget, TRANSIENT_COST)).toBe(1);
});

it('saves no more than it began with', () => {
  const budget = new RetryBudget();

  for (let request = 0; request < 10_000; request += 1) budget.giveBack(0);

  expect(spend(budget, TRANSIENT_COST)).toBe(100);
});
