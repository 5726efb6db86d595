import { describe, expect, it } from 'vitest';
import { cypherStatement } from './cypher.js';

const entity = (properties: Record<string, unknown>): string =>
  cypherStatement({ kind: 'entities', key: 'k', type: 'acme_user', properties: new Map(Object.entries(properties)) });

describe('cypherStatement', () => {
  it('creates an entity with its type and classes as labels', () => {
    expect(entity({ _key: 'k', _class: ['User'], age: 5, tags: ['x'], nested: { a: 1 }, mixed: [1, 'a'] })).toBe(
      "MERGE (n:Entity {_key: 'k'}) SET n:`acme_user`:`User`, n += {`_key`: 'k', `_class`: ['User'], `age`: 5, `tags`: ['x'], `nested`: '{\"a\":1}', `mixed`: '[1,\"a\"]'};\n",
    );
  });

  it('creates a relationship of its class between its ends', () => {
    const properties = new Map(Object.entries({ _class: 'HAS', _fromEntityKey: 'a', _toEntityKey: 'b' }));

    expect(cypherStatement({ kind: 'relationships', key: 'r', type: 't', properties })).toBe(
      "MATCH (a:Entity {_key: 'a'}), (b:Entity {_key: 'b'}) MERGE (a)-[r:`HAS` {_key: 'r'}]->(b) SET r += {`_class`: 'HAS', `_fromEntityKey`: 'a', `_toEntityKey`: 'b'};\n",
    );
  });

  it.each([
    ["it's", "'it\\'s'"],
    ['\\', "'\\\\'"],
    ['\\u0027}) DETACH DELETE n //', "'\\\\u0027}) DETACH DELETE n //'"],
    ['a\nb\u2028', "'a\\u000ab\\u2028'"],
    ['\ud800', "'\ufffd'"],
  ])('lets no text end: %j', (name, text) => {
    expect(entity({ name })).toContain(`\`name\`: ${text}}`);
  });

  it('lets no name end', () => {
    expect(entity({ 'a`: 1}) DELETE n': 1, '\\u0060': 2 })).toContain('{`a``: 1}) DELETE n`: 1, `_u0060`: 2}');
  });
});
