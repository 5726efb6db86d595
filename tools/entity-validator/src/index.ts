export { EntityValidator, type EntityValidationOptions, type ValidatableEntity } from './entity-validator.js';
export type { EntityValidation, EntityValidationError, SkippedSchema } from './entity-validation.js';
export { getValidator, getValidatorSync } from './shared-validator.js';
