import type { Entity } from '@jupiterone/integration-sdk-core';
import { text } from '@vendor-graph/integration';
import { createSoftware } from '../data-model.js';
import type { SoftwareRecord } from '../records.js';

/**
 * The graph's key of a program in one version, shared by all assets that have it; undefined when the record names no
 * program.
 */
export function softwareKey(software: SoftwareRecord): string | undefined {
  const parts = [software.software_vendor, software.software_product, software.software_version].map(
    (part) => text(part)?.toLowerCase() ?? '',
  );
  if (parts[0] === '' && parts[1] === '') return undefined;
  // A colon within a name must not be taken for the one between names.
  return `rumble_software:${parts.map((part) => part.replace(/[%:]/g, encodeURIComponent)).join(':')}`;
}

/** The entity of a program in one version; undefined when the record names no program. */
export function toSoftwareEntity(software: SoftwareRecord): Entity | undefined {
  const key = softwareKey(software);
  if (key === undefined) return undefined;
  const vendor = text(software.software_vendor);
  const product = text(software.software_product);
  const version = text(software.software_version);
  // Of what differs from asset to asset, nothing: the first record would decide for all.
  return createSoftware({
    _key: key,
    name: product ?? vendor ?? key,
    displayName: [vendor, product, version].filter((part) => part !== undefined).join(' '),
    vendor,
    product,
    version,
  });
}
