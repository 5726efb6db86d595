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
        catalog.add({ kind, type, properties: file.write(properties) });
      }
  } finally {
    for (const file of files.values()) file.close();
  }
  return catalog.types().map((known) => ({ ...known, path: files.get(`${known.kind} ${known.type}`)?.path ?? '' }));
}

class LineFile {
  readonly path: string;
  readonly #descriptor: number;
  readonly #columns = new Map<string, Column>();
  readonly #taken = new Set<string>();
  #buffered = '';

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, 'w');
  }

  /** Writes an object, and answers what stands in which column. */
  write(properties: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
    const values = new Map<string, unknown>();
    // Put together by hand: an object made of sixty names that are known only now is several times slower to write.
    let line = '';
    for (const [property, value] of properties) {
      const { name, start } = this.#columns.get(property) ?? this.#newColumn(property);
      values.set(name, value);
      line += `${line === '' ? '{' : ','}${start}${JSON.stringify(value)}`;
    }
    // Half a character is written as its code, which a database refuses; so is the character of no width, code 0.
    this.#buffered += `${line.replace(/\\u(?:d[89a-f][0-9a-f]{2}|0000)/g, '\\ufffd')}}\n`;
    if (this.#buffered.length >= WRITTEN_AT_ONCE) this.#flush();
    return values;
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  /** Named as the property, with a number where another has that name: to SQL, upper and lower case are the same. */
  #newColumn(property: string): Column {
    let name = property;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${property}_${number}`;
    this.#taken.add(name.toLowerCase());
    const column = { name, start: `${JSON.stringify(name)}:` };
    this.#columns.set(property, column);
    return column;
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#buffered);
    this.#buffered = '';
  }
}

/** How a property is called in SQL, and what stands before its value in a line. */
interface Column {
  name: string;
  start: string;
}
