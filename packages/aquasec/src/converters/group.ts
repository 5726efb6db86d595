import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createGroup } from '../data-model.js';
import type { GroupRecord } from '../records.js';

/** `aquasec_group:<id>` */
export function groupKey(id: number): string {
  return `aquasec_group:${id}`;
}

export function toGroupEntity(group: GroupRecord): Entity {
  const id = String(group.id);
  const name = text(group.name) ?? id;
  return withRawData(
    createGroup({
      _key: groupKey(group.id),
      id,
      name,
      displayName: name,
      createdOn: isoMillis(group.created),
    }),
    group,
  );
}
