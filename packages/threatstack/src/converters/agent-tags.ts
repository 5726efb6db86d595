import type { AgentTag } from '../records.js';

/**
 * One tag a key, ready for the SDK, which makes a property `tag.<key>` of each: a tag set in the Threat Stack console (it has
 * no source) wins over the tag of the same key that came from EC2; among equals the later one wins.
 */
export function mergeTags(tags: readonly AgentTag[] | undefined): { key: string; value: string }[] {
  const byKey = new Map<string, AgentTag>();
  for (const tag of tags ?? []) {
    const key = propertyKey(tag.key);
    if (key === '') continue;
    const present = byKey.get(key);
    if (present === undefined || !isFromConsole(present) || isFromConsole(tag)) byKey.set(key, tag);
  }
  return [...byKey].map(([key, { value }]) => ({ key, value }));
}

/**
 * The class schemas allow names of properties to have letters, digits, spaces, dots and hyphens only; AWS has tags such as
 * `aws:autoscaling:groupName`. Other characters become hyphens; the raw data keeps the key as it was.
 */
function propertyKey(key: string): string {
  return key.replace(/[^A-Za-z0-9. -]/g, '-');
}

function isFromConsole(tag: AgentTag): boolean {
  return tag.source === undefined || tag.source === '';
}
