/** What a client may owe: 100 retries in a row, or 50 after time-outs. */
const CAPACITY = 500;
/** A failure that comes back at once costs this much. */
export const TRANSIENT_COST = 5;
/** A time-out holds a connection and the server for long, so its retry costs more. */
export const TIMEOUT_COST = 10;
/** A request that succeeds at its first attempt gives back this much. */
const REFUND = 1;

/**
 * Bounds what the retries of one client add to the load of a server in trouble: each retry takes from the budget, each
 * success gives back. When nothing is left, requests are sent once (the scheme of the AWS SDKs' standard mode).
 */
export class RetryBudget {
  #left = CAPACITY;

  /** False: the budget does not allow this retry. */
  take(cost: number): boolean {
    if (cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }

  /**
   * @param lastCost what the last retry of the successful request cost; 0 when it succeeded at once
   */
  giveBack(lastCost: number): void {
    this.#left = Math.min(CAPACITY, this.#left + (lastCost || REFUND));
  }
}
