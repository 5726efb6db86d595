import type { Entity, IntegrationStep, Relationship } from '@jupiterone/integration-sdk-core';
import { registerMatchers } from '@jupiterone/integration-sdk-testing';
import { expect } from 'vitest';

registerMatchers(expect);

/** What a step has added to the job state. */
export interface StepOutput {
  readonly collectedEntities: readonly Entity[];
  readonly collectedRelationships: readonly Relationship[];
}

/**
 * Expects of a step what JupiterOne's `toMatchStepMetadata` does, for mapped relationships too, which that matcher does not
 * know: at least one object of each declared type, every object by its schema, keys unique, and nothing that is not declared.
 *
 * @param absent declared types of which the data at hand hold no example
 */
export function expectDeclared(
  step: IntegrationStep,
  { collectedEntities, collectedRelationships }: StepOutput,
  absent: readonly string[] = [],
): void {
  const mapped = step.mappedRelationships ?? [];
  const declared = [...step.entities, ...step.relationships, ...mapped].map(({ _type }) => _type);
  const produced = [...collectedEntities, ...collectedRelationships].map(({ _type }) => _type);
  expect([...new Set(produced)].sort()).toEqual([...new Set(declared)].filter((type) => !absent.includes(type)).sort());

  for (const metadata of step.entities) {
    const entities = collectedEntities.filter(({ _type }) => _type === metadata._type);
    expect(entities).toMatchDataModelSchema(metadata);
  }
  for (const { _type, _class } of step.relationships) {
    const relationships = collectedRelationships.filter((relationship) => relationship._type === _type);
    expect(relationships).toMatchDirectRelationshipSchema({ schema: { properties: { _class: { const: _class } } } });
  }
  for (const { _type, _class, sourceType, targetType, direction } of mapped) {
    for (const relationship of collectedRelationships.filter((other) => other._type === _type)) {
      expect(relationship).toMatchObject({
        _class,
        _mapping: {
          relationshipDirection: direction,
          sourceEntityKey: expect.stringMatching(
            sourceType === 'threatstack_agent' ? /^threatstack:agent:/ : /^threatstack:/,
          ) as string,
          targetEntity: { _type: targetType },
        },
      });
    }
  }
  const keys = [...collectedEntities, ...collectedRelationships].map(({ _key }) => _key);
  expect(new Set(keys).size).toBe(keys.length);
}
