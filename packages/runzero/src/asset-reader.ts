import { recordReader } from '@vendor-graph/integration';
import { keptAttributes } from './asset-attributes.js';
import { assetSchema, type AssetRecord } from './records.js';

const fields = recordReader(assetSchema);

/** Reads assets: the schema's fields, and of the attributes those that may be kept. What is read may be stored. */
export const assetReader: { read: (value: unknown) => AssetRecord | undefined } = {
  read(value) {
    const asset: AssetRecord | undefined = fields.read(value);
    if (asset !== undefined)
      asset.attributes = keptAttributes((value as Readonly<Record<string, unknown>>)['attributes']);
    return asset;
  },
};
