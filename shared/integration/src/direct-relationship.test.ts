import { createDirectRelationship, RelationshipClass } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { directRelationship } from './direct-relationship.js';

const USER_ASSIGNED_GROUP = {
  _type: 'acme_user_assigned_group',
  _class: RelationshipClass.ASSIGNED,
  sourceType: 'acme_user',
  targetType: 'acme_group',
};

describe('directRelationship', () => {
  it('relates two keys by a declared type', () => {
    expect(directRelationship(USER_ASSIGNED_GROUP, 'acme_user:1', 'acme_group:2')).toEqual({
      _key: 'acme_user:1|assigned|acme_group:2',
      _type: 'acme_user_assigned_group',
      _class: 'ASSIGNED',
      _fromEntityKey: 'acme_user:1',
      _toEntityKey: 'acme_group:2',
      displayName: 'ASSIGNED',
    });
  });

  it.each([undefined, {}, { role: 'admin', inherited: false, since: undefined, until: null }])(
    'makes what the SDK makes, with the properties %j',
    (properties) => {
      const { _class, sourceType, targetType } = USER_ASSIGNED_GROUP;
      const ends = { fromType: sourceType, fromKey: 'a', toType: targetType, toKey: 'b' };

      const relationship = directRelationship(USER_ASSIGNED_GROUP, 'a', 'b', properties);

      const expected = createDirectRelationship({ _class, ...ends, ...(properties && { properties }) });
      expect(relationship).toStrictEqual(expected);
      expect(JSON.stringify(relationship)).toBe(JSON.stringify(expected));
    },
  );
});
