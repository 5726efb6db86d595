import { createRequire } from 'node:module';
import type * as DataModel from '@jupiterone/data-model';
import { EntityValidator } from './entity-validator.js';

const require = createRequire(import.meta.url);
let shared: EntityValidator | undefined;

/**
 * The process's validator with the class schemas of `@jupiterone/data-model`, made at the first call. The JupiterOne
 * SDK's test matchers add the schemas of entity types to it.
 */
export function getValidatorSync(): EntityValidator {
  // An import would touch everything that the data model exports, and load parts of it that are not needed here.
  const { entitySchemas } = require('@jupiterone/data-model') as typeof DataModel;
  shared ??= new EntityValidator({ schemas: Object.values(entitySchemas) });
  return shared;
}

/** The same validator as {@link getValidatorSync}; asynchronous because JupiterOne's own one downloads its schemas. */
export function getValidator(): Promise<EntityValidator> {
  return Promise.resolve(getValidatorSync());
}
