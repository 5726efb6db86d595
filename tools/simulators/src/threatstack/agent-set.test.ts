import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../kit/random.js';
import { AgentIndex, ListedAgents } from './agent-set.js';
import type { AgentSet } from './agent-set.js';
import { stridingAgents } from './cves.js';

function indexOf(count: number): AgentIndex {
  return new AgentIndex(Array.from({ length: count }, (_, number) => `agent-${number}`));
}

function idsOf(agents: AgentSet): string[] {
  return Array.from({ length: agents.size }, (_, position) => agents.idAt(position));
}

describe('StridingAgents', () => {
  it('holds so many different agents and knows which', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.nat(80), (seed, count, size) => {
        const index = indexOf(count);
        const agents = stridingAgents(new Random(seed), index, size);
        const ids = idsOf(agents);

        expect(agents.size).toBe(Math.min(size, count));
        expect(new Set(ids).size).toBe(agents.size);
        expect(index.ids.filter((id) => agents.has(id))).toEqual(index.ids.filter((id) => ids.includes(id)));
      }),
    );
  });

  it('is empty where there are no agents', () => {
    const agents = stridingAgents(new Random(1), indexOf(0), 5);

    expect(agents.size).toBe(0);
    expect(agents.has('agent-0')).toBe(false);
  });

  it('does not know agents of somebody else', () => {
    expect(stridingAgents(new Random(1), indexOf(3), 3).has('agent-3')).toBe(false);
  });
});

describe('ListedAgents', () => {
  it('shows an agent as often as it is listed', () => {
    const agents = new ListedAgents(['a', 'b', 'a']);

    expect(idsOf(agents)).toEqual(['a', 'b', 'a']);
    expect(agents.has('b')).toBe(true);
    expect(agents.has('c')).toBe(false);
  });
});
