/** Texts that occur in many places, each kept once and known by a number from 1 on; 0 stands for no text. */
export class SharedTexts {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a text that may be new; 0 for undefined. */
  numberOf(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }

  /** Undefined for 0. */
  textOf(number: number): string | undefined {
    return this.#texts[number - 1];
  }
}
