import { entitySchemas } from '@jupiterone/data-model';
import { EntityValidator } from './entity-validator.js';

let shared: EntityValidator | undefined;

/**
 * The process's validator with the class schemas of `@jupiterone/data-model`, made at the first call. The JupiterOne
 * SDK's test matchers add the schemas of entity types to it.
 */
export function getValidatorSync(): EntityValidator {
  shared ??= new EntityValidator({ schemas: Object.values(entitySchemas) });
  return shared;
}

/** The same validator as {@link getValidatorSync}; asynchronous because JupiterOne's own one downloads its schemas. */
export function getValidator(): Promise<EntityValidator> {
  return Promise.resolve(getValidatorSync());
}
