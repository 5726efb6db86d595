import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { runIntegration, type Run } from '@vendor-graph/integration/testing';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { threatStackIntegration } from './integration.js';

/** What an organization has. Each of its CVEs is in so many packages, all of them on so many agents. */
interface Amounts {
  agents: number;
  offlineAgents: number;
  cves: number;
  packagesPerCve: number;
  serversPerCve: number;
  /** Records that Threat Stack puts on a page. */
  pageSize: number;
}

const SMALL: Amounts = { agents: 7, offlineAgents: 2, cves: 4, packagesPerCve: 1, serversPerCve: 3, pageSize: 10 };

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('the number of requests is the least possible', () => {
  describe('when rows name all of their agents: nothing but the two listings of agents and the one of rows', () => {
    it.each<[string, Partial<Amounts>, number]>([
      ['nothing at all', { agents: 0, offlineAgents: 0, cves: 0 }, 4],
      ['one of each', { agents: 1, offlineAgents: 1, cves: 1 }, 4],
      ['full pages', { agents: 10, offlineAgents: 10, cves: 10 }, 4],
      ['one agent more than a page', { agents: 11 }, 5],
      ['one offline agent more than a page', { offlineAgents: 11 }, 5],
      ['one row more than a page', { cves: 11 }, 5],
      ['one row more than a page, of as many packages', { cves: 1, packagesPerCve: 11 }, 5],
      ['many agents', { agents: 301, serversPerCve: 201, pageSize: 100 }, 7],
      ['many vulnerabilities', { agents: 3, cves: 401, pageSize: 100 }, 8],
    ])('%s', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };

      const sent = await requestsFor(amounts, { embeddedAgents: 'complete' });

      expect({ sent, least: listings(amounts) }).toEqual({ sent: expected, least: expected });
    });

    it.each<[string, Partial<Amounts>, number]>([
      ['a full page', { cves: 5, serversPerCve: 2 }, 4],
      ['one row more than a page', { cves: 11, serversPerCve: 1 }, 5],
      ['many hosts', { agents: 31, serversPerCve: 31 }, 6 + 13],
    ])('%s, of rows that are one for each host', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };

      const sent = await requestsFor(amounts, { embeddedAgents: 'complete', rowsPer: 'host' });

      const least = listings(amounts, amounts.cves * amounts.serversPerCve);
      expect({ sent, least }).toEqual({ sent: expected, least: expected });
    });
  });

  describe('when lists of agents may be cut off: one CVE more, and only if they are, the others', () => {
    it.each<[string, Partial<Amounts>, number]>([
      ['three lists of ten', { agents: 12, cves: 3, serversPerCve: 10 }, 6],
      ['two lists of ten, which are a coincidence', { agents: 12, cves: 2, serversPerCve: 10 }, 5],
      ['three lists of eleven, where nothing is cut off', { agents: 12, cves: 3, serversPerCve: 11 }, 5],
      ['three lists of twenty, of which two pages are read', { agents: 20, cves: 3, serversPerCve: 20 }, 7],
    ])('%s', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };

      const sent = await requestsFor(amounts, { embeddedAgents: 'complete' });

      const isSuspicious = amounts.cves >= 3 && amounts.serversPerCve % 10 === 0;
      const least = listings(amounts) + (isSuspicious ? pages(amounts.serversPerCve, amounts) : 0);
      expect({ sent, least }).toEqual({ sent: expected, least: expected });
    });

    it.each<[string, Partial<Amounts>, number]>([
      ['three lists', { agents: 20, cves: 3, serversPerCve: 12 }, 5 + 3 * 2],
      ['as many others as agents', { agents: 10, cves: 13, serversPerCve: 12 }, 5 + 13 * 2],
    ])('%s that are cut off at ten', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };

      const sent = await requestsFor(amounts, { embeddedAgents: 'truncated', truncateAt: 10 });

      const least = listings(amounts) + amounts.cves * pages(amounts.serversPerCve, amounts);
      expect({ sent, least }).toEqual({ sent: expected, least: expected });
    });

    it('one CVE, and then each agent, when the lists of more CVEs than there are agents are cut off', async () => {
      const amounts = { ...SMALL, agents: 12, offlineAgents: 0, cves: 14, serversPerCve: 12 };

      const sent = await requestsFor(amounts, { embeddedAgents: 'truncated', truncateAt: 10 });

      const least = listings(amounts) + pages(12, amounts) + 12 * pages(14, amounts);
      expect({ sent, least }).toEqual({ sent: 32, least: 32 });
    });
  });

  describe('when rows do not name their agents, and there are no more CVEs than agents: each CVE once', () => {
    it.each<[string, Partial<Amounts>, number]>([
      ['one CVE', { cves: 1 }, 4 + 1],
      ['CVEs that are nowhere any more', { serversPerCve: 0 }, 4 + 4],
      ['CVEs on a page of agents', { agents: 20, serversPerCve: 10 }, 5 + 4],
      ['CVEs on one agent more than a page', { agents: 20, serversPerCve: 11 }, 5 + 4 * 2],
      ['CVEs in several packages', { packagesPerCve: 3 }, 5 + 4],
      ['as many CVEs as agents', { cves: 9 }, 4 + 9],
      ['many agents', { agents: 301, serversPerCve: 201, pageSize: 100 }, 7 + 4 * 3],
    ])('%s', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };

      const sent = await requestsFor(amounts, { embeddedAgents: 'absent' });

      const least = listings(amounts) + amounts.cves * pages(amounts.serversPerCve, amounts);
      expect({ sent, least }).toEqual({ sent: expected, least: expected });
    });

    it('each CVE whose rows do not, when others do', async () => {
      const amounts = { ...SMALL, agents: 20, cves: 13, serversPerCve: 11 };

      const sent = await requestsFor(amounts, { embeddedAgents: 'mixed' });

      // Every second row of one package a CVE, from the second on.
      const least = listings(amounts) + 6 * pages(11, amounts);
      expect({ sent, least }).toEqual({ sent: 18, least: 18 });
    });
  });

  describe('when rows do not name their agents, and there are more CVEs than agents: each agent once', () => {
    it.each<[string, Partial<Amounts>, number]>([
      ['one CVE more than agents', { cves: 10 }, 4 + 9],
      ['one agent', { agents: 1, offlineAgents: 0, cves: 2 }, 4 + 1],
      ['no agent', { agents: 0, offlineAgents: 0, cves: 25 }, 4],
      ['agents with a page of CVEs', { agents: 3, offlineAgents: 0, cves: 10, serversPerCve: 3 }, 4 + 3],
      ['agents with one CVE more than a page', { agents: 3, offlineAgents: 0, cves: 11, serversPerCve: 3 }, 4 + 3 * 2],
      ['CVEs in several packages', { agents: 3, offlineAgents: 0, cves: 7, packagesPerCve: 3 }, 4 + 3 * 3],
      ['a listing that need not be read to its end', { agents: 17, cves: 50, serversPerCve: 1 }, 6 + 19],
      ['many vulnerabilities', { agents: 3, offlineAgents: 0, cves: 401, pageSize: 100 }, 4 + 3 * 5],
    ])('%s', async (_, some, expected) => {
      const amounts = { ...SMALL, ...some };
      const { cves, packagesPerCve, serversPerCve } = amounts;
      const agents = amounts.agents + amounts.offlineAgents;

      const sent = await requestsFor(amounts, { embeddedAgents: 'absent' });

      // The listing is read until it has shown one CVE more than there are agents. In these data each agent has all CVEs, or
      // none has more than fill a page.
      const rowsOfAgent = serversPerCve >= agents ? cves * packagesPerCve : 1;
      const least = listings(amounts, agents * packagesPerCve + 1) + agents * pages(rowsOfAgent, amounts);
      expect({ sent, least }).toEqual({ sent: expected, least: expected });
    });

    it.each(['empty', '404'])('agents without a CVE too, told so by %s', async (agentWithoutCves) => {
      const amounts = { ...SMALL, agents: 8, offlineAgents: 0, cves: 9, serversPerCve: 0 };

      const sent = await requestsFor(amounts, { embeddedAgents: 'absent', agentWithoutCves });

      expect({ sent, least: listings(amounts) + 8 }).toEqual({ sent: 12, least: 12 });
    });

    it('after the whole listing when some of its rows name their agents', async () => {
      const amounts = { ...SMALL, agents: 3, offlineAgents: 0, cves: 25, serversPerCve: 3 };

      const sent = await requestsFor(amounts, { embeddedAgents: 'mixed' });

      expect({ sent, least: listings(amounts) + 3 * pages(25, amounts) }).toEqual({ sent: 15, least: 15 });
    });
  });

  describe('when rows name agents that no listing holds: one for each, and 50 at most', () => {
    it.each([0, 1, 50, 51])('%d agents', async (strays) => {
      const agents = Array.from({ length: strays }, (_, i) => ({ agentId: `stray-${i}` }));

      const sent = await requestsFor(SMALL, { embeddedAgents: 'complete' }, () => {
        const body = JSON.stringify({ cves: [{ cveNumber: 'CVE-2021-21334', agents }], token: null });
        simulator.faults.add({ route: 'GET /v2/vulnerabilities', fault: { kind: 'body', body } });
      });

      expect(sent).toBe(4 + Math.min(strays, 50));
    });
  });

  it('for 1,000 agents and 200 CVEs on 50 of them each, as the standard data have them', async () => {
    simulator = await startSimulator('threatstack', {
      agents: 1_000,
      offlineAgents: 0,
      cves: 200,
      serversPerCve: 50,
      oddities: false,
    });

    const { counts } = await run();

    expect(counts).toMatchObject({
      threatstack_account: 1,
      threatstack_agent: 1_000,
      threatstack_account_has_agent: 1_000,
      threatstack_agent_identified_vulnerability: 10_000,
    });
    expect(
      (counts['threatstack_agent_protects_aws_instance'] ?? 0) + (counts['threatstack_agent_protects_server'] ?? 0),
    ).toBeGreaterThanOrEqual(1_000);
    // The check, 10 + 1 pages of agents, 3 of 250 rows, and a CVE because 50 is where lists may be cut off.
    expect(simulator.traffic.count()).toBe(16);
  });
});

describe('under the limit of 200 requests a minute, the time is the least possible', () => {
  it.each<[string, Amounts, Record<string, string>, number]>([
    [
      'row by row',
      { ...SMALL, agents: 140, offlineAgents: 130, cves: 140, pageSize: 1 },
      { embeddedAgents: 'complete' },
      1 + 140 + 130 + 140,
    ],
    [
      'CVE by CVE',
      { ...SMALL, agents: 60, offlineAgents: 0, cves: 60, serversPerCve: 15, pageSize: 1 },
      { embeddedAgents: 'absent' },
      1 + 60 + 1 + 60 + 60 * 15,
    ],
    [
      'agent by agent',
      { ...SMALL, agents: 24, offlineAgents: 0, cves: 25, serversPerCve: 24, pageSize: 1 },
      { embeddedAgents: 'absent' },
      1 + 24 + 1 + 25 + 24 * 25,
    ],
  ])('%s', async (_, amounts, way, expected) => {
    const clock = new VirtualClock();
    simulator = await startSimulator('threatstack', { ...amounts, ...way, oddities: false, clock });

    const { statuses } = await runInVirtualTime(clock, () => run(clock));

    const { requests } = simulator.traffic;
    expect(new Set(Object.values(statuses))).toEqual(new Set(['success', 'disabled']));
    expect(new Set(requests.map(({ status }) => status))).toEqual(new Set([200]));
    expect(requests).toHaveLength(expected);
    expect(simulator.traffic.maxPerWindow(60_000)).toBe(200);
    const took = (requests.at(-1)?.at ?? 0) - (requests[0]?.at ?? 0);
    // After each 200 requests, the next one has to wait until the first of them is a minute ago.
    const least = 60_000 * (Math.ceil(expected / 200) - 1);
    expect(took).toBeGreaterThanOrEqual(least);
    expect(took).toBeLessThanOrEqual(least * 1.05);
  });
});

/** How many requests a collection of these data takes; the organization has nothing but what is stated. */
async function requestsFor(
  amounts: Amounts,
  way: Record<string, string | number>,
  prepare: () => void = () => undefined,
): Promise<number> {
  simulator = await startSimulator('threatstack', { ...amounts, ...way, oddities: false });
  prepare();
  const { statuses } = await run();
  expect(new Set(Object.values(statuses))).toEqual(new Set(['success', 'disabled']));
  return simulator.traffic.count();
}

function run(clock?: VirtualClock): Promise<Run> {
  const integration = threatStackIntegration({ clock });
  return runIntegration(integration, { ...simulator.credentials['default'] }, { startedOn: clock?.now() });
}

/** An empty list is a page, too. */
function pages(records: number, { pageSize }: Amounts): number {
  return Math.max(1, Math.ceil(records / pageSize));
}

/** The check of the credentials, the pages of agents, and the pages of the rows that have to be read. */
function listings(amounts: Amounts, rows = amounts.cves * amounts.packagesPerCve): number {
  return 1 + pages(amounts.agents, amounts) + pages(amounts.offlineAgents, amounts) + pages(rows, amounts);
}
