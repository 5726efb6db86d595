import type { FlatObject } from '../graph-folder/flat-objects.js';

/** What to run first: without it each relationship would search all nodes. */
export const CYPHER_HEAD = 'CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE n._key IS UNIQUE;\n';

/** One statement that creates or updates an object; a line of its own. Run again, it changes nothing. */
export function cypherStatement({ kind, key, type, properties }: FlatObject): string {
  const keyText = cypherText(key);
  if (kind === 'entities') {
    const classes = properties.get('_class');
    const labels = [type, ...(Array.isArray(classes) ? (classes as unknown[]) : [])].filter(
      (label): label is string => typeof label === 'string' && label !== '',
    );
    const names = [...new Set(labels)].map((label) => `:${cypherName(label)}`).join('');
    return `MERGE (n:Entity {_key: ${keyText}}) SET n${names}, n += ${cypherMap(properties)};\n`;
  }
  const [from, to] = ['_fromEntityKey', '_toEntityKey'].map((end) => cypherText(plainText(properties.get(end))));
  const relationshipClass = cypherName(plainText(properties.get('_class')) || type);
  return `MATCH (a:Entity {_key: ${from ?? ''}}), (b:Entity {_key: ${to ?? ''}}) MERGE (a)-[r:${relationshipClass} {_key: ${keyText}}]->(b) SET r += ${cypherMap(properties)};\n`;
}

function cypherMap(properties: ReadonlyMap<string, unknown>): string {
  return `{${[...properties].map(([name, value]) => `${cypherName(name)}: ${cypherValue(value)}`).join(', ')}}`;
}

/** A property may be a list of values of one kind; what is not, is written as JSON. */
function cypherValue(value: unknown): string {
  if (typeof value === 'string') return cypherText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    const kinds = new Set(items.map((item) => typeof item));
    const isList = kinds.size <= 1 && items.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
    if (isList) return `[${items.map(cypherValue).join(', ')}]`;
  }
  return cypherText(JSON.stringify(value));
}

/**
 * A text on one line that nothing in it can end. The quote is escaped by a backslash: Neo4j before version 5 resolves codes
 * such as `\\u0027` before it looks for the end of a text.
 */
function cypherText(text: string): string {
  const escaped = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

function cypherName(name: string): string {
  return `\`${name
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\\\p{Cc}\u2028\u2029]/gu, '_')
    .replaceAll('`', '``')}\``;
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
