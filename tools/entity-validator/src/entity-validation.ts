import type { ErrorObject } from 'ajv';

/** One rule of a schema that an entity breaks. */
export interface EntityValidationError {
  /** `$id` of the schema that was applied, e.g. `#Account` or `#acme_account`. */
  schemaId: string;
  /** The entity's property at fault; empty when the rule is about the entity as a whole. */
  property: string;
  /** What is wrong, in Ajv's words; the value is not repeated. */
  message: string;
  /** The JSON Schema keyword that failed: `required`, `type`, `format`, … */
  validation: string;
}

/** A schema that was not applied to an entity, and why. */
export interface SkippedSchema {
  schemaId: string;
  /** `type-already-validated`: the schema of the entity's type holds those of its classes. */
  reason: 'not-found' | 'type-already-validated';
  type: 'type' | 'class';
}

/** What {@link EntityValidator.validateEntity} found. */
export interface EntityValidation {
  isValid: boolean;
  errors: EntityValidationError[] | null;
  skippedSchemas: SkippedSchema[] | null;
}

/** Ajv's report of one broken rule in the words of this package. */
export function toEntityValidationError(schemaId: string, error: ErrorObject): EntityValidationError {
  return {
    schemaId,
    property: propertyAtFault(error),
    message: error.message ?? `fails the rule "${error.keyword}"`,
    validation: error.keyword,
  };
}

function propertyAtFault(error: ErrorObject): string {
  if (error.instancePath === '') {
    const named: unknown = error.propertyName ?? error.params['missingProperty'] ?? error.params['propertyName'];
    return typeof named === 'string' ? named : '';
  }
  // A JSON pointer: "/ipAddress/0" is about the property ipAddress; "/" and "~" in a name are escaped.
  const [, property = ''] = error.instancePath.split('/');
  return property.replaceAll('~1', '/').replaceAll('~0', '~');
}
