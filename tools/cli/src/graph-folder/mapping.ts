import type { GraphObject } from './graph-objects.js';

/** A relationship to an entity that another integration collects, as the SDK writes it. */
export interface Mapping {
  sourceKey: string;
  isReverse: boolean;
  targetType: string;
  target: Readonly<Record<string, unknown>>;
  /** The same for two mappings that name the same entity. */
  targetId: string;
}

/** The mapping of a relationship; undefined when both of its ends are in the graph. */
export function mappingOf({ _mapping: mapping }: GraphObject): Mapping | undefined {
  if (!isObject(mapping) || !isObject(mapping['targetEntity'])) return undefined;
  const target = mapping['targetEntity'];
  const targetType = textOf(target['_type']) ?? 'unknown';
  const filter = Array.isArray(mapping['targetFilterKeys']) ? (mapping['targetFilterKeys'] as unknown[]) : [];
  // Alternatives; the first one that has all its values names the entity.
  const named = filter
    .map((keys) => (Array.isArray(keys) ? (keys as unknown[]) : [keys]).map((key) => [key, target[String(key)]]))
    .find((values) => values.every(([, value]) => value !== undefined));
  return {
    sourceKey: textOf(mapping['sourceEntityKey']) ?? '',
    isReverse: mapping['relationshipDirection'] === 'REVERSE',
    targetType,
    target,
    targetId: textOf(target['_key']) ?? `${targetType} ${JSON.stringify(named ?? target)}`,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
