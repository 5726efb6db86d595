import { createIntegrationEntity, type Entity } from '@jupiterone/integration-sdk-core';

/** The SDK's switch for the check that {@link createIntegrationEntity} does. */
const SWITCH = 'ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION';

/**
 * Checks an entity against JupiterOne's schemas of its classes, as the SDK does it for entities that are built by its
 * builder.
 *
 * @throws Error that names the entity, the property and what is wrong with it
 */
export function validateEntity(entity: Entity): void {
  const before = process.env[SWITCH];
  process.env[SWITCH] = 'true';
  try {
    createIntegrationEntity({ entityData: { assign: entity } });
  } catch (error) {
    throw new Error(`${entity._key}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, SWITCH);
    else process.env[SWITCH] = before;
  }
}
