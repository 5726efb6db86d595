/** Some of an organization's agents: the ones that a CVE was found on. */
export interface AgentSet {
  readonly size: number;
  /** The id at a position; positions run from 0 to `size` - 1. */
  idAt(position: number): string;
  has(agentId: string): boolean;
}

/** Agent ids with their numbers. */
export class AgentIndex {
  readonly ids: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(ids: readonly string[]) {
    this.ids = ids;
    this.#numbers = new Map(ids.map((id, number) => [id, number]));
  }

  numberOf(agentId: string): number | undefined {
    return this.#numbers.get(agentId);
  }
}

/**
 * Every so-manieth agent, going round: a set of any size that costs three numbers of memory, and that knows its members
 * without a search. `stride` must have no divisor in common with the number of agents.
 */
export class StridingAgents implements AgentSet {
  readonly size: number;
  readonly #index: AgentIndex;
  readonly #start: number;
  readonly #stride: number;
  readonly #inverse: number;

  constructor(index: AgentIndex, size: number, start: number, stride: number) {
    this.#index = index;
    this.size = Math.min(size, index.ids.length);
    this.#start = start;
    this.#stride = stride;
    this.#inverse = modularInverse(stride, index.ids.length);
  }

  idAt(position: number): string {
    const { ids } = this.#index;
    return ids[(this.#start + position * this.#stride) % ids.length] ?? '';
  }

  has(agentId: string): boolean {
    const number = this.#index.numberOf(agentId);
    if (number === undefined) return false;
    const count = this.#index.ids.length;
    return ((((number - this.#start) % count) + count) * this.#inverse) % count < this.size;
  }
}

/** Agents by name; an id that is listed twice is shown twice. */
export class ListedAgents implements AgentSet {
  readonly #ids: readonly string[];

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  get size(): number {
    return this.#ids.length;
  }

  idAt(position: number): string {
    return this.#ids[position] ?? '';
  }

  has(agentId: string): boolean {
    return this.#ids.includes(agentId);
  }
}

/** A number that undoes a multiplication by `value` modulo `modulus` (extended Euclid); 0 when there is none. */
function modularInverse(value: number, modulus: number): number {
  let [remainder, nextRemainder] = [modulus, value];
  let [factor, nextFactor] = [0, 1];
  while (nextRemainder !== 0) {
    const quotient = Math.floor(remainder / nextRemainder);
    [remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return remainder === 1 ? (factor + modulus) % modulus : 0;
}
