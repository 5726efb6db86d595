/** What can hold its server back. */
export interface Holdable {
  /** Lets the server go on. */
  resume(): void;
}

/** Which answers of a client hold their server back. */
export class BackPressure {
  readonly #held = new Set<Holdable>();
  #isSuspended = false;

  /** False: not now, take what comes. */
  hold(answer: Holdable): boolean {
    if (!this.#isSuspended) this.#held.add(answer);
    return !this.#isSuspended;
  }

  /** False: it was not held. */
  release(answer: Holdable): boolean {
    return this.#held.delete(answer);
  }

  /** Lets all servers go on, and holds none back until the event that is being handled has been handled by all. */
  suspend(): void {
    this.#isSuspended = true;
    queueMicrotask(() => {
      this.#isSuspended = false;
    });
    for (const answer of [...this.#held]) answer.resume();
  }
}
