/** The fingerprints that are kept: what the device is and where it is plugged in. */
const KEPT = /^(?:(?:os|hw|switch)\.|(?:vlan|virtual|edr\.name|windows\.server|service\.cpe23)$)/;
/** A longer value is cut: among the fingerprints are texts that a device may fill at will. */
const MAX_VALUE_BYTES = 512;

/**
 * The attributes of an asset that may be stored, out of what the vendor sent as such. All others are left out, whatever
 * they are called: devices tell scanners much that is not meant for a graph.
 */
export function keptAttributes(attributes: unknown): Record<string, string> {
  const kept: Record<string, string> = {};
  if (typeof attributes !== 'object' || attributes === null) return kept;
  // Without the lists that Object.entries would make: an asset has dozens of attributes, and there are many assets.
  for (const name in attributes) {
    if (!KEPT.test(name)) continue;
    const value: unknown = (attributes as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'string') kept[name] = withinBytes(value, MAX_VALUE_BYTES);
  }
  return kept;
}

/** The beginning of a text that takes at most so many bytes in UTF-8, cut between characters. */
function withinBytes(value: string, bytes: number): string {
  // No character takes more than three bytes per UTF-16 unit.
  if (value.length * 3 <= bytes || Buffer.byteLength(value) <= bytes) return value;
  let end = 0;
  let used = 0;
  for (const character of value) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return value.slice(0, end);
}
