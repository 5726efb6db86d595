import { IntColumn } from './int-column.js';
import type { SharedTexts } from './shared-texts.js';

/** What the service says where it does not know the layer. */
const PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';

/** More layers than this of one vulnerability help nobody, and a common one is in every image's. */
export const MAX_LAYERS = 50;

/**
 * A list of layer names for each of many vulnerabilities. A list has the telling names first: those of layers in order,
 * the placeholder last. Of more than {@link MAX_LAYERS} the first ones stay, whatever the order in which they were added.
 *
 * The lists are linked and lie in columns, because there are hundreds of thousands of them.
 */
export class LayerLists {
  readonly #texts: SharedTexts;
  /** By list: the place of its first node plus one; 0 for an empty list. */
  readonly #first = new IntColumn();
  /** By node: the number of the name, and the place of the next node plus one. */
  readonly #names = new IntColumn();
  readonly #next = new IntColumn();

  constructor(texts: SharedTexts) {
    this.#texts = texts;
  }

  /** Adds an empty list; answers its number, from 0 on. */
  addList(): number {
    return this.#first.push(0);
  }

  addName(list: number, name: string): void {
    let before = 0;
    let node = this.#first.at(list);
    let position = 0;
    for (; node !== 0; node = this.#next.at(node - 1)) {
      const other = this.#nameOf(node);
      if (other === name) return;
      if (isBefore(name, other)) break;
      before = node;
      position += 1;
    }
    if (position >= MAX_LAYERS) return;
    this.#next.push(node);
    const added = this.#names.push(this.#texts.numberOf(name)) + 1;
    if (before === 0) this.#first.set(list, added);
    else this.#next.set(before - 1, added);
    this.#cut(list);
  }

  namesOf(list: number): string[] {
    const names: string[] = [];
    for (let node = this.#first.at(list); node !== 0; node = this.#next.at(node - 1)) names.push(this.#nameOf(node));
    return names;
  }

  /** Takes away what is beyond the longest length. */
  #cut(list: number): void {
    let node = this.#first.at(list);
    for (let position = 1; node !== 0; position += 1) {
      if (position === MAX_LAYERS) {
        this.#next.set(node - 1, 0);
        return;
      }
      node = this.#next.at(node - 1);
    }
  }

  #nameOf(node: number): string {
    return this.#texts.textOf(this.#names.at(node - 1)) ?? '';
  }
}

function isBefore(a: string, b: string): boolean {
  if (a === PLACEHOLDER || b === PLACEHOLDER) return b === PLACEHOLDER && a !== PLACEHOLDER;
  return a < b;
}
