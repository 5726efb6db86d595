import { KeyTable } from './key-table.js';

/** The keys of a graph, only to be asked for, in 20 to 30 bytes each. */
export class KeySet extends KeyTable {
  constructor() {
    super(0);
  }

  has(key: string): boolean {
    return this.find(key) >= 0;
  }

  /** Adds a key; false when it was there before. */
  add(key: string): boolean {
    const found = this.find(key);
    if (found >= 0) return false;
    this.insert(key, found);
    return true;
  }
}
