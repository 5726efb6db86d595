import { Random } from '../kit/random.js';
import { assetTemplate, MARKERS } from './asset-template.js';
import type { AssetFields } from './asset-template.js';
import type { Organization } from './tenancy.js';

/** So many kinds of assets an organization has at most; further assets repeat them with names and addresses of their own. */
const MOST_TEMPLATES = 211;
const CHUNK_BYTES = 128 * 1024;

/** How an export was asked for. */
export interface AssetSelection {
  /** Top-level fields to give; undefined: all. */
  readonly fields: readonly string[] | undefined;
  readonly includes: (asset: AssetFields) => boolean;
  /** Pads each line that has attributes to so many bytes; 0: does not. */
  readonly lineBytes: number;
}

/**
 * The assets of one organization as JSON lines, of any number and at the speed of copying memory: each kind of asset is
 * serialized once, and every line is a copy of one of them in which the digits that make it unique are overwritten.
 */
export class AssetLines {
  readonly #assets: number;
  readonly #templates: readonly LineTemplate[];

  constructor(organization: Organization, seed: number, selection: AssetSelection) {
    this.#assets = organization.assets;
    const random = new Random(seed).fork('assets', organization.id);
    this.#templates = Array.from({ length: Math.min(organization.assets, MOST_TEMPLATES) }, (_, index) => {
      const asset = assetTemplate(organization, index, random);
      return { included: selection.includes(asset), ...lineTemplate(asset, selection) };
    });
  }

  /** All lines, in pieces of about 128 KiB; nothing is kept between them. */
  *chunks(): Generator<Buffer, void, undefined> {
    let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let used = 0;
    for (let index = 0; index < this.#assets; index += 1) {
      const template = this.#template(index);
      if (!template.included) continue;
      if (used + template.bytes.length > chunk.length) {
        if (used > 0) yield chunk.subarray(0, used);
        chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, template.bytes.length));
        used = 0;
      }
      stamp(template, index, chunk, used);
      used += template.bytes.length;
    }
    if (used > 0) yield chunk.subarray(0, used);
  }

  /** All assets as objects, for listings that are not made for speed. */
  *assets(): Generator<AssetFields, void, undefined> {
    for (let index = 0; index < this.#assets; index += 1) {
      const template = this.#template(index);
      if (!template.included) continue;
      const line = Buffer.allocUnsafe(template.bytes.length);
      stamp(template, index, line, 0);
      yield JSON.parse(line.toString()) as AssetFields;
    }
  }

  #template(index: number): LineTemplate {
    const template = this.#templates[index % this.#templates.length];
    if (template === undefined) throw new RangeError(`There is no asset ${index}.`);
    return template;
  }
}

interface LineTemplate {
  readonly included: boolean;
  readonly bytes: Buffer;
  /** Where each kind of digits stands in the line. */
  readonly places: Readonly<Record<keyof typeof MARKERS, readonly number[]>>;
}

/** An asset with some of its fields. */
export function withFields(asset: AssetFields, fields: readonly string[] | undefined): AssetFields {
  if (fields === undefined) return asset;
  return Object.fromEntries(fields.filter((field) => field in asset).map((field) => [field, asset[field]]));
}

function lineTemplate(asset: AssetFields, { fields, lineBytes }: AssetSelection): Omit<LineTemplate, 'included'> {
  const chosen = withFields(asset, fields);
  let line = `${JSON.stringify(chosen)}\n`;
  const missing = lineBytes - Buffer.byteLength(line);
  if (missing > 0 && 'attributes' in chosen)
    line = `${JSON.stringify({ ...chosen, attributes: padded(chosen['attributes'], missing) })}\n`;
  const bytes = Buffer.from(line);
  return {
    bytes,
    places: {
      id: placesOf(MARKERS.id, bytes),
      number: placesOf(MARKERS.number, bytes),
      octets: placesOf(MARKERS.octets, bytes),
      mac: placesOf(MARKERS.mac, bytes),
    },
  };
}

/** More fingerprints, so that the line grows by about so many bytes, each of an ordinary length. */
function padded(attributes: unknown, bytes: number): object {
  const more: Record<string, string> = {};
  for (let left = bytes, index = 0; left > 0; index += 1) {
    const name = `@rumble.scan.fp.${index}`;
    // Name and value in quotes, a colon and a comma.
    const overhead = name.length + 6;
    more[name] = 'x'.repeat(Math.max(0, Math.min(90, left - overhead)));
    left -= overhead + 90;
  }
  return { ...(attributes as object), ...more };
}

function placesOf(marker: string, line: Buffer): number[] {
  const places: number[] = [];
  for (let at = line.indexOf(marker); at !== -1; at = line.indexOf(marker, at + marker.length)) places.push(at);
  return places;
}

function stamp({ bytes, places }: LineTemplate, index: number, target: Buffer, offset: number): void {
  bytes.copy(target, offset);
  const hex = index.toString(16).padStart(12, '0');
  for (const place of places.id) target.write(hex, offset + place, 'latin1');
  if (places.number.length > 0) {
    const decimal = index.toString().padStart(8, '0');
    for (const place of places.number) target.write(decimal, offset + place, 'latin1');
  }
  if (places.octets.length > 0) {
    const octets = `${octet(index / 156 ** 2)}.${octet(index / 156)}.${octet(index)}`;
    for (const place of places.octets) target.write(octets, offset + place, 'latin1');
  }
  if (places.mac.length > 0) {
    const mac = `${hex.slice(2, 4)}:${hex.slice(4, 6)}:${hex.slice(6, 8)}:${hex.slice(8, 10)}:${hex.slice(10)}`;
    for (const place of places.mac) target.write(mac, offset + place, 'latin1');
  }
}

/** One of the 156 octets that have three digits. */
function octet(position: number): number {
  return 100 + (Math.floor(position) % 156);
}
