import type { TObject } from '@vendor-graph/integration';
import { assetSchema, serviceSchema, softwareSchema, vulnerabilitySchema, wirelessNetworkSchema } from '../records.js';

/** A list of an organization's inventory that can be exported as JSON lines. */
export interface ExportResource<S extends TObject> {
  /** In the path `/export/org/<name>.jsonl`. */
  readonly name: 'assets' | 'services' | 'software' | 'vulnerabilities' | 'wireless';
  readonly schema: S;
  /** Fields that are asked for besides the schema's. */
  readonly otherFields?: readonly string[];
  /** What the first record must have, whatever its value, when fields were chosen; else the choice has gone wrong. */
  readonly marks: readonly string[];
}

export const ASSETS = {
  name: 'assets',
  schema: assetSchema,
  // Read by asset-reader.ts.
  otherFields: ['attributes'],
  marks: ['id', 'site_id', 'last_seen'],
} as const satisfies ExportResource<TObject>;

export const SERVICES = {
  name: 'services',
  schema: serviceSchema,
  marks: ['service_id', 'service_asset_id'],
} as const satisfies ExportResource<TObject>;

export const SOFTWARE = {
  name: 'software',
  schema: softwareSchema,
  marks: ['software_asset_id', 'software_product'],
} as const satisfies ExportResource<TObject>;

export const VULNERABILITIES = {
  name: 'vulnerabilities',
  schema: vulnerabilitySchema,
  marks: ['vulnerability_id', 'vulnerability_asset_id'],
} as const satisfies ExportResource<TObject>;

export const WIRELESS_NETWORKS = {
  name: 'wireless',
  schema: wirelessNetworkSchema,
  marks: ['id', 'site_id'],
} as const satisfies ExportResource<TObject>;

/**
 * The fields of a resource that are asked for: those that are read. It spares most of the transfer, and keeps what the
 * scanner was told by devices, secrets included, off the wire.
 */
export function fieldsOf({ schema, otherFields = [] }: ExportResource<TObject>): string {
  return [...Object.keys(schema.properties), ...otherFields].join(',');
}

/** Whether a record looks as if the fields that were asked for had been given. */
export function hasMarks({ marks }: ExportResource<TObject>, record: unknown): boolean {
  return typeof record === 'object' && record !== null && marks.every((mark) => mark in record);
}
