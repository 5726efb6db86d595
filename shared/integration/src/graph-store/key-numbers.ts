import { HASH_WORDS, KeyTable } from './key-table.js';

/**
 * Numbers keys from 0 on, in the order in which they come, in 25 to 38 bytes each: places in columns, for hundreds of
 * thousands of records that are kept in memory. A `Map` of texts takes several times that, and the garbage collector goes
 * through it again and again. Of a key its hash is kept, which is enough to know it again, but not to give it back.
 *
 * @example
 * import { KeyNumbers } from '@vendor-graph/integration';
 * const places = new KeyNumbers();
 * places.add('CVE-2019-5481');
 *
 * [places.add('CVE-2024-3094'), places.numberOf('CVE-2019-5481'), places.numberOf('CVE-2014-0160')]; // => [1, 0, undefined]
 */
export class KeyNumbers extends KeyTable {
  constructor() {
    super(1);
  }

  /** Undefined when the key was not added. */
  numberOf(key: string): number | undefined {
    const slot = this.find(key);
    return slot < 0 ? undefined : this.slots[slot + HASH_WORDS];
  }

  /** The number of a key, which may be new. */
  add(key: string): number {
    const found = this.find(key);
    if (found >= 0) return this.slots[found + HASH_WORDS] ?? 0;
    const number = this.size;
    const slot = this.insert(key, found);
    this.slots[slot + HASH_WORDS] = number;
    return number;
  }
}
