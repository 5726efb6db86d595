import { describe, expect, it } from 'vitest';
import { toGroupEntity } from './group.js';

describe('toGroupEntity', () => {
  it.each([
    [{ id: 12_022, name: 'Default', created: '2021-10-09T00:36:24.000Z' }, 'Default', 1_633_739_784_000],
    [{ id: 12_028 }, '12028', undefined],
    [{ id: 12_029, name: ' ' }, '12029', undefined],
  ])('converts %j', (group, name, createdOn) => {
    expect(toGroupEntity(group)).toMatchObject({
      _key: `aquasec_group:${group.id}`,
      name,
      displayName: name,
      createdOn,
    });
  });
});
