import type { AgentTag } from '../records.js';

/**
 * One tag a key, ready for the SDK, which lets the last one win: a tag set in the Threat Stack console (it has no source) wins
 * over the tag of the same name that came from EC2; among equals the later one wins.
 */
export function mergeTags(tags: readonly AgentTag[] | undefined): { key: string; value: string }[] {
  const byKey = new Map<string, AgentTag>();
  for (const tag of tags ?? []) {
    if (tag.key === '') continue;
    const present = byKey.get(tag.key);
    if (present === undefined || !isFromConsole(present) || isFromConsole(tag)) byKey.set(tag.key, tag);
  }
  return [...byKey.values()].map(({ key, value }) => ({ key, value }));
}

function isFromConsole(tag: AgentTag): boolean {
  return tag.source === undefined || tag.source === '';
}
