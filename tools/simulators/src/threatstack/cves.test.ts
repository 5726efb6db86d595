import { describe, expect, it } from 'vitest';
import { Random } from '../kit/random.js';
import { AgentIndex } from './agent-set.js';
import { regularCve } from './cves.js';

const AGENTS = new AgentIndex(['a', 'b', 'c']);

describe('regularCve', () => {
  it.each([
    [1, 100, 100],
    [1.25, 100, 125],
    [1.388_888_9, 1_800, 2_500],
    [1.5, 4_000, 6_000],
    [3, 10, 30],
    [0, 10, 10],
  ])('with %d packages on average gives %d CVEs %d rows', (packagesPerCve, cves, rows) => {
    const random = new Random(1);
    let count = 0;
    for (let number = 0; number < cves; number += 1) {
      count += regularCve(random, number, AGENTS, { serversPerCve: 2, packagesPerCve }).packages.length;
    }

    expect(count).toBe(rows);
  });

  it('numbers CVEs as MITRE does, each differently', () => {
    const random = new Random(1);
    const numbers = Array.from(
      { length: 2_000 },
      (_, number) => regularCve(random, number, AGENTS, { serversPerCve: 1, packagesPerCve: 1 }).number,
    );

    expect(new Set(numbers).size).toBe(2_000);
    for (const number of numbers) expect(number).toMatch(/^CVE-20\d\d-\d{5}$/);
  });
});
