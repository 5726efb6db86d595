import type { JobState } from '@jupiterone/integration-sdk-core';

/**
 * Writes out what was added whenever so many objects have come together. The SDK by itself waits for five megabytes of
 * JSON; their objects live so long that V8 moves them to the part of the heap that it cleans late, and a large inventory
 * then takes a multiple of the memory that it needs.
 */
export class FrequentFlush {
  readonly #jobState: Pick<JobState, 'flush'>;
  readonly #every: number;
  #added = 0;

  /** @param every how many objects; 500 entities are one file of the SDK's store */
  constructor(jobState: Pick<JobState, 'flush'>, every: number) {
    this.#jobState = jobState;
    this.#every = every;
  }

  /** To be told of each addition, when it is done. */
  async added(objects: number): Promise<void> {
    this.#added += objects;
    if (this.#added < this.#every) return;
    this.#added = 0;
    await this.#jobState.flush();
  }
}
