/** One start that a store has granted. */
export interface SharedStart {
  /** How long to wait before the start, in ms; 0: now. */
  waitMs: number;
  /** How many limiters keep this limit together at the moment, this one included. */
  sharers: number;
}

/**
 * Where limiters of several processes count their starts together. `reserve` takes the next free place of a window that
 * slides: no window of `windowMs` ever holds more than `limit` starts of a key, first come, first served.
 */
export interface RateLimitStore {
  /**
   * Reserves one start. Settles within a few seconds; rejects when the store cannot be reached, and the limiter then
   * keeps to its fair share by itself.
   */
  reserve(key: string, limit: number, windowMs: number): Promise<SharedStart>;
}

/** A limit that several processes keep together. */
export interface SharedLimit {
  readonly store: RateLimitStore;
  /** Whose limit it is: an organization, an account. */
  readonly key: string;
  /** Told when the store went away, and how many starts in a window are the fair share until it is back. */
  readonly onAlone?: (fairShare: number) => void;
  /** Told when the store is back. */
  readonly onTogether?: () => void;
}
