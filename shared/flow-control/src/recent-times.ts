/** Moments in ascending order, added at one end and forgotten at the other in constant time. */
export class RecentTimes {
  #times: number[] = [];
  #first = 0;

  get size(): number {
    return this.#times.length - this.#first;
  }

  push(time: number): void {
    this.#times.push(time);
  }

  shift(): number | undefined {
    const time = this.#times[this.#first];
    if (time !== undefined) this.#drop(1);
    return time;
  }

  /** Forgets the moments up to and including `time`. */
  forgetUntil(time: number): void {
    let first = this.#first;
    while (first < this.#times.length && (this.#times[first] ?? Infinity) <= time) first++;
    this.#drop(first - this.#first);
  }

  /** The moment that `count` moments, itself included, are not older than. */
  newest(count: number): number | undefined {
    return count > this.size ? undefined : this.#times[this.#times.length - count];
  }

  clear(): void {
    this.#times = [];
    this.#first = 0;
  }

  #drop(count: number): void {
    this.#first += count;
    // The array is cut when half of it is dead: on average, constant time for each moment.
    if (this.#first * 2 >= this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
  }
}
