import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { flatObjects } from '../graph-folder/flat-objects.js';
import { ColumnCatalog, type TypeColumns } from '../graph-folder/type-columns.js';

/** A type and the file that holds its objects, one a line, as JSON. */
export interface TypeFile extends TypeColumns {
  path: string;
}

/** So many characters are written at a time. */
const WRITTEN_AT_ONCE = 1 << 20;

/** Sorts the objects of a graph by type into files that a database reads; in memory is about a megabyte for each type. */
export async function writeTypeFiles(graph: string, folder: string): Promise<TypeFile[]> {
  const catalog = new ColumnCatalog();
  const files = new Map<string, LineFile>();
  try {
    for await (const objects of flatObjects(graph))
      for (const { kind, type, properties } of objects) {
        const id = `${kind} ${type}`;
        let file = files.get(id);
        if (file === undefined) files.set(id, (file = new LineFile(join(folder, `${files.size}.ndjson`))));
        const columns = new Map([...properties].map(([name, value]) => [file.columnName(name), value]));
        catalog.add({ kind, type, properties: columns });
        file.write(Object.fromEntries(columns));
      }
  } finally {
    for (const file of files.values()) file.close();
  }
  return catalog.types().map((known) => ({ ...known, path: files.get(`${known.kind} ${known.type}`)?.path ?? '' }));
}

class LineFile {
  readonly path: string;
  readonly #descriptor: number;
  /** To SQL, names that differ in case only are the same. */
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  #buffered = '';

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, 'w');
  }

  /** The column for a property: its name, with a number where another property has it. */
  columnName(property: string): string {
    const known = this.#names.get(property);
    if (known !== undefined) return known;
    let name = property;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${property}_${number}`;
    this.#taken.add(name.toLowerCase());
    this.#names.set(property, name);
    return name;
  }

  write(object: object): void {
    // Half a character is written as its code, which a database refuses; so is the character of no width, code 0.
    const line = JSON.stringify(object).replace(/\\u(?:d[89a-f][0-9a-f]{2}|0000)/g, '\\ufffd');
    this.#buffered += `${line}\n`;
    if (this.#buffered.length >= WRITTEN_AT_ONCE) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#buffered);
    this.#buffered = '';
  }
}
