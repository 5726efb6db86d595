/** runZero's tags in JupiterOne's two forms: bare tags in one list, tags with a value as properties `tag.<key>`. */
export interface Tags {
  bare: string[] | undefined;
  named: Record<`tag.${string}`, string> | undefined;
}

/** Property names may hold letters, digits, blanks, dots and hyphens only. */
const FORBIDDEN_IN_PROPERTY_NAME = /[^A-Za-z0-9. -]/g;

/**
 * Splits an asset's tags. Characters that a property name may not hold become hyphens; where two keys become equal by
 * that, the first keeps its value.
 */
export function splitTags(tags: Readonly<Record<string, string>> | null | undefined): Tags {
  const bare: string[] = [];
  const named: Record<`tag.${string}`, string> = {};
  let hasNamed = false;
  for (const [key, value] of Object.entries(tags ?? {})) {
    if (key === '') continue;
    if (value === '') {
      bare.push(key);
    } else {
      named[`tag.${key.replace(FORBIDDEN_IN_PROPERTY_NAME, '-')}`] ??= value;
      hasNamed = true;
    }
  }
  return { bare: bare.length > 0 ? bare : undefined, named: hasNamed ? named : undefined };
}
