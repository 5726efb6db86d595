/** Gives each agent a number, so that a million pairs of agent and CVE need no million texts. */
export class AgentIndex {
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];
  #listed = 0;

  /** @param listed ids of the agents that are in the graph */
  constructor(listed: Iterable<string>) {
    for (const id of listed) this.numberOf(id);
    this.#listed = this.#ids.length;
  }

  /** How many agents the listings hold. */
  get listedCount(): number {
    return this.#listed;
  }

  /** Ids of the agents that the listings hold. */
  get listed(): readonly string[] {
    return this.#ids.slice(0, this.#listed);
  }

  /** Ids of agents that only the vulnerability data names, in the order in which they turned up. */
  get unlisted(): readonly string[] {
    return this.#ids.slice(this.#listed);
  }

  /** All ids, each at the position that is its number. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The agent's number; a new one for an agent that is not known yet. */
  numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    this.#numbers.set(id, number);
    this.#ids.push(id);
    return number;
  }
}
