import { createRequire } from 'node:module';
import type * as DataModel from '@jupiterone/data-model';
import { createIntegrationHelpers, type GraphObjectSchema } from '@jupiterone/integration-sdk-core';

type ClassSchemas = typeof DataModel.typeboxClassSchemaMap;

/** What {@link entityTypes} gives: the SDK's helpers, by their types. */
export type EntityTypes<Name extends string> = Omit<
  ReturnType<typeof createIntegrationHelpers<Name, keyof ClassSchemas, ClassSchemas>>,
  'createMultiClassEntityMetadata'
>;

const require = createRequire(import.meta.url);

/**
 * Declares entity types as the SDK's `createIntegrationHelpers` does, with the same types of TypeScript, at the cost of
 * what a collection needs of them:
 *
 * - The function that makes an entity completes the object that it is given and gives it back, instead of a copy that V8
 *   knows no shape of. It is to be given a new object.
 * - The metadata's `schema`, which only validation and documentation read, is made when it is read for the first time,
 *   and with that the schemas of all classes are loaded.
 *
 * @param integrationName what the types begin with: `acme` for `acme_account`
 *
 * @example
 * import { entityTypes, Type } from '@vendor-graph/integration';
 * const { createEntityType, createEntityMetadata } = entityTypes('acme');
 * const [ACCOUNT, createAccount] = createEntityMetadata({
 *   resourceName: 'Account',
 *   _class: ['Account'],
 *   _type: createEntityType('account'),
 *   description: 'An account.',
 *   schema: Type.Object({}),
 * });
 *
 * ACCOUNT._type; // => 'acme_account'
 * createAccount({ _key: 'acme_account:1', name: 'A', displayName: 'A', vendor: 'Acme' })._class; // => ['Account']
 */
export function entityTypes<Name extends string>(integrationName: Name): EntityTypes<Name> {
  const createEntityMetadata = (definition: EntityDefinition): [object, (entity: object) => object] => {
    const { _class, _type } = definition;
    const metadata = withLazy({ ...definition }, 'schema', () => sdkSchema(integrationName, definition));
    // The schema holds it.
    Reflect.deleteProperty(metadata, 'description');
    return [metadata, (entity) => Object.assign(entity, { _class, _type })];
  };
  return {
    createEntityType: (name: string) => `${integrationName}_${name}`,
    createEntityMetadata,
  } as unknown as EntityTypes<Name>;
}

interface EntityDefinition {
  readonly resourceName: string;
  readonly _class: [string];
  readonly _type: string;
  readonly description: string;
  readonly schema: object;
}

function sdkSchema(integrationName: string, definition: EntityDefinition): GraphObjectSchema | undefined {
  const { typeboxClassSchemaMap } = require('@jupiterone/data-model') as typeof DataModel;
  const helpers = createIntegrationHelpers({ integrationName, classSchemaMap: typeboxClassSchemaMap });
  const [metadata] = helpers.createEntityMetadata(definition as Parameters<typeof helpers.createEntityMetadata>[0]);
  return metadata.schema;
}

/** The object with one more property, which is computed once, when it is read for the first time. */
function withLazy<T extends object>(object: T, name: string, compute: () => unknown): T {
  const define = (value: unknown): unknown => {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    return value;
  };
  return Object.defineProperty(object, name, { get: () => define(compute()), enumerable: true, configurable: true });
}
