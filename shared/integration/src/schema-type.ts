/*
 * What schemas are written with, for records as for entities. It is the copy of typebox that the SDK has loaded already:
 * its helpers know only the types of that one, and loading the ES build beside it takes a tenth of a second.
 */
export { SchemaType as Type } from '@jupiterone/integration-sdk-core';
export type { Static, TObject, TSchema } from '@sinclair/typebox' with { 'resolution-mode': 'require' };
