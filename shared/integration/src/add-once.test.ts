import { RelationshipClass, type Entity, type Relationship } from '@jupiterone/integration-sdk-core';
import { createMockJobState } from '@jupiterone/integration-sdk-testing';
import { describe, expect, it } from 'vitest';
import { addEntitiesOnce, addRelationshipsOnce } from './add-once.js';

const entity = (key: string, name = key): Entity => ({ _key: key, _type: 'acme_agent', _class: ['HostAgent'], name });
const relationship = (key: string): Relationship => ({
  _key: key,
  _type: 'acme_account_has_agent',
  _class: RelationshipClass.HAS,
  _fromEntityKey: 'account',
  _toEntityKey: key,
  displayName: 'HAS',
});

describe('addEntitiesOnce', () => {
  it('adds each key once: the first of a batch, and none that the job state has', async () => {
    const jobState = createMockJobState({ entities: [entity('known')] });

    const outcome = await addEntitiesOnce(jobState, [
      entity('a', 'first'),
      entity('known'),
      entity('b'),
      entity('a', 'second'),
    ]);

    expect(outcome).toEqual({ added: [entity('a', 'first'), entity('b')], duplicates: 2 });
    expect(jobState.collectedEntities).toEqual([entity('a', 'first'), entity('b')]);
  });

  it('does not call the job state for nothing', async () => {
    const jobState = createMockJobState({ entities: [entity('known')] });
    const calls: unknown[] = [];
    const counted = { ...jobState, addEntities: async (entities: Entity[]) => (calls.push(entities), entities) };

    expect(await addEntitiesOnce(counted, [])).toEqual({ added: [], duplicates: 0 });
    expect(await addEntitiesOnce(counted, [entity('known')])).toEqual({ added: [], duplicates: 1 });
    expect(calls).toEqual([]);
  });

  it('adds each key once when steps add at the same time', async () => {
    const jobState = createMockJobState();
    const batch = ['a', 'b', 'c'].map((key) => entity(key));

    const outcomes = await Promise.all([1, 2, 3].map(() => addEntitiesOnce(jobState, batch)));

    expect(outcomes.map(({ duplicates }) => duplicates)).toEqual([0, 3, 3]);
    expect(jobState.collectedEntities).toHaveLength(3);
  });
});

describe('addRelationshipsOnce', () => {
  it('adds each key once: the first of a batch, and none that the job state has', async () => {
    const jobState = createMockJobState({ relationships: [relationship('known')] });

    const outcome = await addRelationshipsOnce(jobState, ['a', 'known', 'b', 'a'].map(relationship));

    expect(outcome).toEqual({ added: 2, duplicates: 2 });
    expect(jobState.collectedRelationships).toEqual([relationship('a'), relationship('b')]);
  });

  it('adds nothing when there is nothing', async () => {
    const jobState = createMockJobState();

    expect(await addRelationshipsOnce(jobState, [])).toEqual({ added: 0, duplicates: 0 });
    expect(jobState.collectedRelationships).toEqual([]);
  });
});
