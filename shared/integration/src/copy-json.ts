/** Deeper JSON than this is an attack on what later walks it (JSON.stringify, the SDK), not data. */
const MAX_DEPTH = 20;

/**
 * A copy of any JSON value without keys named `__proto__`; undefined when it is nested more than 20 levels deep, holds a
 * number that is not finite, or is not JSON.
 */
export function copyJson(value: unknown): unknown {
  return copyLevel(value, 0);
}

function copyLevel(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || depth === MAX_DEPTH) return undefined;

  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value as unknown[]) {
      const copy = copyLevel(item, depth + 1);
      if (copy === undefined) return undefined;
      items.push(copy);
    }
    return items;
  }

  const entries: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(value)) {
    if (key === '__proto__') continue;
    const copy = copyLevel(content, depth + 1);
    if (copy === undefined) return undefined;
    entries[key] = copy;
  }
  return entries;
}
