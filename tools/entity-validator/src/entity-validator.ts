import { createRequire } from 'node:module';
import type * as AjvModule from 'ajv';
import type { Ajv, AnySchemaObject, ValidateFunction } from 'ajv';
import type addFormatsTo from 'ajv-formats';
import {
  toEntityValidationError,
  type EntityValidation,
  type EntityValidationError,
  type SkippedSchema,
} from './entity-validation.js';
import { jupiterOneFormats } from './formats.js';

/** What of an entity decides which schemas apply to it. */
export interface ValidatableEntity {
  _class: string | string[];
  _type: string;
  [property: string]: unknown;
}

/** Options of {@link EntityValidator.validateEntity}. */
export interface EntityValidationOptions {
  /** Apply the schemas of the classes too when the type has a schema of its own. Default false. */
  forceClassValidationWithValidatedType?: boolean;
}

/**
 * Validates entities against JSON schemas whose `$id` is `#<_type>` or `#<Class>`. Has the interface that the JupiterOne
 * SDK expects of `@jupiterone/integration-sdk-entity-validator`.
 */
export class EntityValidator {
  readonly #schemas = new Map<string, AnySchemaObject>();
  /** Made on demand: Ajv compiles a schema once, with the schemas it refers to as they were then. */
  #ajv: Ajv | undefined;

  /** @param options.schemas the first schemas, see {@link addSchemas}. */
  constructor({ schemas = [] }: { schemas?: readonly object[] } = {}) {
    this.addSchemas(schemas);
  }

  /**
   * Adds schemas; one with the `$id` of an earlier one takes its place.
   *
   * @throws TypeError when a schema has no `$id`: no entity could ever be validated against it.
   */
  addSchemas(schemas: object | readonly object[]): this {
    for (const schema of (Array.isArray(schemas) ? schemas : [schemas]) as AnySchemaObject[]) {
      const id: unknown = schema.$id;
      if (typeof id !== 'string' || id === '')
        throw new TypeError('A schema needs an $id of the form "#<type or class>", e.g. { $id: "#acme_account" }.');
      const known = this.#schemas.get(id);
      if (known === schema) continue;
      this.#schemas.set(id, schema);
      // Compiled schemas may refer to the replaced one; dropping all of them is the one way to forget it.
      if (known === undefined) this.#ajv?.addSchema(schema);
      else this.#ajv = undefined;
    }
    return this;
  }

  /**
   * Applies the schema `#<_type>` if there is one, otherwise the schema of each class. A class without a schema is not
   * an error but is named in `skippedSchemas`.
   *
   * @throws Error when a schema itself is broken, or refers to a schema that was not added.
   */
  validateEntity(entity: ValidatableEntity, options: EntityValidationOptions = {}): EntityValidation {
    const errors: EntityValidationError[] = [];
    const skipped: SkippedSchema[] = [];

    const typeId = `#${entity._type}`;
    const typeIsKnown = this.#apply(typeId, entity, errors);
    if (!typeIsKnown) skipped.push({ schemaId: typeId, reason: 'not-found', type: 'type' });

    const onlyType = typeIsKnown && options.forceClassValidationWithValidatedType !== true;
    for (const name of Array.isArray(entity._class) ? entity._class : [entity._class]) {
      const schemaId = `#${name}`;
      if (onlyType) skipped.push({ schemaId, reason: 'type-already-validated', type: 'class' });
      else if (!this.#apply(schemaId, entity, errors)) skipped.push({ schemaId, reason: 'not-found', type: 'class' });
    }

    return {
      isValid: errors.length === 0,
      errors: errors.length > 0 ? errors : null,
      skippedSchemas: skipped.length > 0 ? skipped : null,
    };
  }

  /** Adds what an entity breaks of a schema to the errors; false when there is no such schema. */
  #apply(schemaId: string, entity: ValidatableEntity, errors: EntityValidationError[]): boolean {
    const validate = this.#compiled(schemaId);
    if (validate === undefined) return false;
    if (!validate(entity))
      for (const error of validate.errors ?? []) errors.push(toEntityValidationError(schemaId, error));
    return true;
  }

  #compiled(schemaId: string): ValidateFunction | undefined {
    if (!this.#schemas.has(schemaId)) return undefined;
    this.#ajv ??= newAjv([...this.#schemas.values()]);
    return this.#ajv.getSchema(schemaId);
  }
}

const require = createRequire(import.meta.url);

/** Loads Ajv only now: every program that uses the SDK loads this module, and few of them validate. */
function newAjv(schemas: AnySchemaObject[]): Ajv {
  const { Ajv } = require('ajv') as typeof AjvModule;
  const addFormats = require('ajv-formats') as typeof addFormatsTo;
  // JupiterOne's schemas hold keywords of their own ("inherited", "excludes") and leave types to the schemas they refer to;
  // strict mode would refuse the first and write a line to the console for each of the others.
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const [name, format] of Object.entries(jupiterOneFormats)) ajv.addFormat(name, format);
  ajv.addSchema(schemas);
  return ajv;
}
