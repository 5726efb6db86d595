import { assetSchema, type AssetRecord } from '../records.js';

/** What the raw data of one asset may take, so that a batch of them can be uploaded. */
const MAX_BYTES = 32 * 1024;
/** An escaped UTF-16 unit in JSON (`\u0000`) takes so many bytes; nothing takes more. */
const MOST_BYTES_PER_UNIT = 6;
/** The name of a field, quotes, colon, comma; a number or a boolean. */
const BYTES_PER_VALUE = 60;

const FIELDS = [...Object.keys(assetSchema.properties), 'attributes'] as readonly (keyof AssetRecord)[];

/**
 * The raw data of an asset: the record, at most 32 KiB as JSON. What is too large loses its attributes first, then its
 * lists and tags, and last everything but its id.
 */
export function assetRawData(asset: AssetRecord): object {
  if (fits(asset)) return asset;
  const others = { ...asset };
  delete others.attributes;
  if (fits(others)) return others;
  const scalars = Object.fromEntries(Object.entries(others).filter(([, value]) => typeof value !== 'object'));
  if (fits({ ...scalars, id: asset.id })) return scalars;
  return { id: asset.id };
}

function fits(asset: AssetRecord): boolean {
  // An exact measure takes as long as everything else that is done with an asset; most need none.
  let bytes = 0;
  for (const field of FIELDS) bytes += mostBytesOf(asset[field]);
  return bytes <= MAX_BYTES || Buffer.byteLength(JSON.stringify(asset)) <= MAX_BYTES;
}

/** A bound that the serialized value cannot exceed, with the name of a field in front. */
function mostBytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length * MOST_BYTES_PER_UNIT + BYTES_PER_VALUE;
  if (typeof value !== 'object' || value === null) return BYTES_PER_VALUE;
  let bytes = BYTES_PER_VALUE;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) bytes += mostBytesOf(item);
  } else {
    for (const key in value) {
      bytes += key.length * MOST_BYTES_PER_UNIT + mostBytesOf((value as Readonly<Record<string, unknown>>)[key]);
    }
  }
  return bytes;
}
