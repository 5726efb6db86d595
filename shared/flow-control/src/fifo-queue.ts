/** An entry of a queue; hold on to it to take it out early. Its links belong to the queue. */
export interface QueueEntry<T> {
  readonly value: T;
  previous: QueueEntry<T> | undefined;
  next: QueueEntry<T> | undefined;
  queued: boolean;
}

/** First in, first out, with removal from the middle; every operation takes constant time. */
export class FifoQueue<T> {
  #head: QueueEntry<T> | undefined;
  #tail: QueueEntry<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: T): QueueEntry<T> {
    const link: QueueEntry<T> = { value, previous: this.#tail, next: undefined, queued: true };
    if (this.#tail === undefined) this.#head = link;
    else this.#tail.next = link;
    this.#tail = link;
    this.#size++;
    return link;
  }

  shift(): T | undefined {
    const head = this.#head;
    if (head === undefined) return undefined;
    this.#unlink(head);
    return head.value;
  }

  /** Takes an entry out, wherever it stands; false when it had left the queue before. */
  remove(entry: QueueEntry<T>): boolean {
    if (!entry.queued) return false;
    this.#unlink(entry);
    return true;
  }

  #unlink(link: QueueEntry<T>): void {
    if (link.previous === undefined) this.#head = link.next;
    else link.previous.next = link.next;
    if (link.next === undefined) this.#tail = link.previous;
    else link.next.previous = link.previous;
    link.queued = false;
    this.#size--;
  }
}
