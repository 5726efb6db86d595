import type { FlatObject } from '../graph-folder/flat-objects.js';
import type { ColumnType, TypeColumns } from '../graph-folder/type-columns.js';

/** GraphML knows no lists: they are written as JSON. */
const ATTRIBUTE_TYPES: Readonly<Partial<Record<ColumnType, string>>> = Object.freeze({
  integer: 'long',
  number: 'double',
  boolean: 'boolean',
});

/** Writes GraphML (http://graphml.graphdrawing.org) piece by piece. */
export class GraphmlWriter {
  /** Id of each attribute, by kind and name. */
  readonly #keys = new Map<string, string>();
  readonly #declarations: string[] = [];

  constructor(types: readonly TypeColumns[]) {
    const attributes = new Map<string, string>();
    for (const { kind, columns } of types)
      for (const [name, type] of columns) {
        const id = `${kind} ${name}`;
        const attributeType = ATTRIBUTE_TYPES[type] ?? 'string';
        // Types may disagree about a property; as a text it fits all.
        attributes.set(id, (attributes.get(id) ?? attributeType) === attributeType ? attributeType : 'string');
      }
    for (const [id, type] of attributes) {
      const key = `d${this.#keys.size}`;
      const [kind, name] = [id.slice(0, id.indexOf(' ')), id.slice(id.indexOf(' ') + 1)];
      this.#keys.set(id, key);
      this.#declarations.push(
        `  <key id="${key}" for="${kind === 'entities' ? 'node' : 'edge'}" attr.name="${xmlText(name)}" attr.type="${type}"/>\n`,
      );
    }
  }

  head(): string {
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n',
      ...this.#declarations,
      '  <graph edgedefault="directed">\n',
    ].join('');
  }

  object({ kind, key, properties }: FlatObject): string {
    const data = [...properties]
      .map(([name, value]) => `<data key="${this.#keys.get(`${kind} ${name}`) ?? ''}">${xmlText(textOf(value))}</data>`)
      .join('');
    if (kind === 'entities') return `    <node id="${xmlText(key)}">${data}</node>\n`;
    const ends = ['_fromEntityKey', '_toEntityKey'].map((end) => xmlText(textOf(properties.get(end) ?? '')));
    return `    <edge id="${xmlText(key)}" source="${ends[0] ?? ''}" target="${ends[1] ?? ''}">${data}</edge>\n`;
  }

  foot(): string {
    return '  </graph>\n</graphml>\n';
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** XML 1.0 has no way to write most control characters, nor half a character: they become the replacement character. */
function xmlText(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // eslint-disable-next-line no-control-regex -- exactly these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
