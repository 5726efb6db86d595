/** What the service says where it does not know the layer. */
const PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';

/** More layers than this of one vulnerability help nobody, and a common one is in every image's. */
export const MAX_LAYER_NAMES = 50;

/**
 * Adds a layer to a list that has the telling ones first: those with a name in order of their names, the placeholder last.
 * Of more than {@link MAX_LAYER_NAMES} the first ones stay, whatever the order in which they were added.
 *
 * @param keep called for a name that is added; answers what is stored for it
 */
export function addLayerName(
  names: readonly string[],
  name: string,
  keep: (name: string) => string = (added) => added,
): readonly string[] {
  const position = names.findIndex((other) => !isBefore(other, name));
  if (position === -1) return names.length < MAX_LAYER_NAMES ? [...names, keep(name)] : names;
  if (names[position] === name) return names;
  return names.toSpliced(position, 0, keep(name)).slice(0, MAX_LAYER_NAMES);
}

function isBefore(a: string, b: string): boolean {
  if (a === PLACEHOLDER || b === PLACEHOLDER) return b === PLACEHOLDER && a !== PLACEHOLDER;
  return a < b;
}
