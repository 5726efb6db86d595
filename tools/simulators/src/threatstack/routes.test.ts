import { afterEach, describe, expect, it } from 'vitest';
import type { KitOptions, Simulator } from '../kit/simulator.js';
import type { AgentRecord } from './agents.js';
import type { AlertRecord } from './alerts.js';
import { threatstack } from './definition.js';
import type { ThreatStackOptions } from './definition.js';
import { SignedClient } from './signed-client.fixture.js';

interface VulnerabilityRow {
  cveNumber: string;
  reportedPackage: string;
  isSuppressed: boolean;
  severity: string;
  agents?: { agentId: string }[];
  securityNotices?: unknown[];
}

interface ServerRow {
  agentId: string;
  hostname: string | null;
}

const START = Date.UTC(2024, 5, 1, 12, 0, 0);
const DAY = 86_400_000;
const ONLINE = '/v2/agents?status=online';
const OFFLINE = '/v2/agents?status=offline';

describe('the resources of the Threat Stack simulator', () => {
  let simulator: Simulator;
  let client: SignedClient;

  async function start(options: Partial<ThreatStackOptions> & KitOptions = {}): Promise<void> {
    const clock = { now: () => START };
    simulator = await threatstack.start({ rateLimit: 0, clock, ...options });
    client = new SignedClient(simulator, clock);
  }

  async function stop(): Promise<void> {
    await client.close();
    await simulator.close();
  }

  afterEach(stop);

  async function agentsOf(path: string): Promise<AgentRecord[]> {
    return client.all<AgentRecord>(path, 'agents');
  }

  async function rowsOf(query = ''): Promise<VulnerabilityRow[]> {
    return client.all<VulnerabilityRow>(`/v2/vulnerabilities${query}`, 'cves');
  }

  async function serversOf(cve: string): Promise<ServerRow[]> {
    return client.all<ServerRow>(`/v2/vulnerabilities/${cve}/servers`, 'servers');
  }

  /** Everything that the API tells, as text. */
  async function everything(): Promise<string> {
    const pages = [];
    for (const path of [ONLINE, OFFLINE, '/v2/vulnerabilities', '/v2/alerts', '/v2/aws/ec2']) {
      pages.push(await client.pages(path));
    }
    return JSON.stringify(pages);
  }

  describe('the data', () => {
    it('are the same for the same seed, tokens included, and others for another', async () => {
      await start({ seed: 7 });
      const first = await everything();
      await stop();
      await start({ seed: 7 });
      const second = await everything();
      await stop();
      await start({ seed: 8 });
      const other = await everything();

      expect(second).toBe(first);
      expect(other).not.toBe(first);
    });

    it('do not depend on the order in which they are asked for', async () => {
      await start();
      const alerts = await client.pages('/v2/alerts');
      const agents = await client.pages(ONLINE);
      await stop();
      await start();

      expect(await client.pages(ONLINE)).toEqual(agents);
      expect(await client.pages('/v2/alerts')).toEqual(alerts);
    });

    it('have exactly the sizes that are asked for when nothing odd is added', async () => {
      await start({
        agents: 1_000,
        offlineAgents: 20,
        cves: 200,
        serversPerCve: 50,
        packagesPerCve: 1,
        oddities: false,
      });

      const online = await agentsOf(ONLINE);
      const offline = await agentsOf(OFFLINE);
      const rows = await rowsOf();
      const known = new Set([...online, ...offline].map(({ id }) => id));
      const pairs = new Set(
        rows.flatMap((row) => row.agents?.map(({ agentId }) => `${row.cveNumber} ${agentId}`) ?? []),
      );

      expect([online.length, offline.length, known.size, rows.length]).toEqual([1_000, 20, 1_020, 200]);
      expect(pairs.size).toBe(10_000);
      expect(rows.flatMap(({ agents = [] }) => agents).every(({ agentId }) => known.has(agentId))).toBe(true);
      expect(simulator.traffic.count()).toBe(13);
    });

    it('are empty lists when nothing is there', async () => {
      await start({ agents: 0, offlineAgents: 0, cves: 0, alerts: 0, unmonitoredServers: 0, oddities: false });

      expect(JSON.parse(await everything())).toEqual([
        [{ agents: [], token: null }],
        [{ agents: [], token: null }],
        [{ cves: [], token: null }],
        [{ alerts: [], token: null }],
        [{ servers: [], token: null }],
      ]);
    });
  });

  describe('agents', () => {
    it('are regular but for the odd ones', async () => {
      await start({ oddities: false });

      const agents = [...(await agentsOf(ONLINE)), ...(await agentsOf(OFFLINE))];

      expect(agents).toHaveLength(272);
      for (const agent of agents) {
        expect(agent).toMatchObject({
          id: expect.stringMatching(
            /^([0-9a-f]{24}|[0-9a-f]{8}-[0-9a-f]{4}-11e9-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/,
          ) as string,
          createdAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          lastReportedAt: expect.stringMatching(/^2024-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          agentType: expect.stringMatching(/^(investigate|monitor)$/) as string,
        });
        if (agent.instanceId === undefined) expect(agent.hostname).toMatch(/^[a-z]+-\d{4}\.corp\.example\.com$/);
        else expect(agent.instanceId).toMatch(/^i-[0-9a-f]{17}$/);
      }
      expect(new Set(agents.map(({ hostname }) => hostname)).size).toBe(272);
    });

    it('have link-local addresses that hide a MAC address', async () => {
      await start({ agents: 2, oddities: false });

      const [agent] = await agentsOf(ONLINE);
      const { link_local: linkLocal } = agent?.ipAddresses as { link_local: string[] };

      expect(linkLocal).toEqual([expect.stringMatching(/^fe80::42:[0-9a-f]{1,2}ff:fe00:0$/)]);
    });

    it.each([
      ['&type=monitor', ({ agentType }: AgentRecord) => agentType === 'monitor'],
      ['&hostname=nameless-01', ({ hostname }: AgentRecord) => hostname === 'nameless-01'],
      ['&from=2023-06-01', ({ createdAt }: AgentRecord) => createdAt >= '2023-06-01'],
      ['&until=2023-06-01T00:00:00', ({ createdAt }: AgentRecord) => createdAt <= '2023-06-01T00:00:00.000Z'],
      [
        '&from=2023-01-01&until=2023-07-01&type=investigate',
        ({ createdAt, agentType }: AgentRecord) =>
          createdAt >= '2023-01-01' && createdAt <= '2023-07-01T00:00:00.000Z' && agentType === 'investigate',
      ],
    ])('are filtered by %s', async (query, isWanted) => {
      await start();

      const all = await agentsOf(ONLINE);
      const filtered = await agentsOf(`${ONLINE}${query}`);

      expect(filtered.length).toBeGreaterThan(0);
      expect(filtered.length).toBeLessThan(all.length);
      expect(filtered).toEqual(all.filter(isWanted));
    });

    it('are found by the instance that they run on', async () => {
      await start();
      const all = await agentsOf(ONLINE);
      const shared = all.find(({ name }) => name === 'ecs-host')?.instanceId ?? '';

      const found = await agentsOf(`${ONLINE}&instanceId=${shared}`);

      expect(found.map(({ name }) => name)).toEqual(['ecs-host', 'ecs-container']);
    });

    it('are answered one by one, as in the listing', async () => {
      await start();
      const [agent] = await agentsOf(ONLINE);

      const answer = await client.get(`/v2/agents/${agent?.id ?? ''}`);

      expect(answer.json()).toEqual(agent);
      expect(answer.headers['server-authorization']).toBeDefined();
    });

    it('come with every known oddity', async () => {
      await start();
      const online = await agentsOf(ONLINE);
      const offline = await agentsOf(OFFLINE);
      const all = [...online, ...offline];
      const addresses = (agent: AgentRecord, kind: string): unknown =>
        (agent.ipAddresses as Record<string, unknown> | null | undefined)?.[kind];
      const inBoth = online.filter(({ id }) => offline.some((agent) => agent.id === id));

      expect(inBoth.map(({ name }) => name)).toEqual(['changeling', 'tied']);
      expect(online.filter((agent) => !('status' in agent))).toHaveLength(1);
      expect(all.filter((agent) => !('name' in agent)).length).toBeGreaterThan(1);
      expect(all.filter(({ name }) => name === null)).toHaveLength(1);
      expect(all.filter(({ name }) => name === '')).toHaveLength(1);
      expect(all.filter((agent) => typeof addresses(agent, 'public') === 'string')).toHaveLength(2);
      expect(all.filter(({ ipAddresses }) => ipAddresses === null)).toHaveLength(1);
      expect(all.filter(({ ipAddresses }) => ipAddresses === undefined).length).toBeGreaterThan(1);
      expect(all.filter(({ tags }) => tags === null)).toHaveLength(1);
      expect(all.filter(({ osVersion }) => osVersion === null)).toHaveLength(1);
      expect(all.filter(({ lastReportedAt }) => lastReportedAt === null)).toHaveLength(1);
      expect(all.filter(({ hostname }) => hostname === '10.9.8.7' || hostname === 'localhost')).toHaveLength(2);
      expect(all.filter(({ id }) => id.length === 24).length).toBeGreaterThan(1);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length - 2);
    });
  });

  describe('vulnerabilities', () => {
    it('come with every known oddity', async () => {
      await start();
      const rows = await rowsOf();
      const known = new Set([...(await agentsOf(ONLINE)), ...(await agentsOf(OFFLINE))].map(({ id }) => id));
      const of = (number: string): VulnerabilityRow[] =>
        rows.filter(({ cveNumber }) => cveNumber.toLowerCase() === number.toLowerCase());
      const strays = rows
        .flatMap(({ agents = [] }) => agents.map(({ agentId }) => agentId))
        .filter((agentId) => !known.has(agentId));
      const answers = await Promise.all(strays.map(async (id) => (await client.get(`/v2/agents/${id}`)).status));

      expect(of('CVE-2021-21334').map(({ agents, isSuppressed }) => [agents?.length, isSuppressed])).toEqual([
        [3, false],
        [1, true],
      ]);
      expect(of('CVE-2021-33910').map(({ cveNumber }) => cveNumber)).toEqual(['CVE-2021-33910', 'cve-2021-33910']);
      expect(of('CVE-2019-18276').map(({ agents }) => agents)).toEqual([[]]);
      expect(
        of('CVE-2019-5747').map(({ agents = [] }) => [agents.length, new Set(agents.map((a) => a.agentId)).size]),
      ).toEqual([[2, 1]]);
      expect(
        rows.filter(({ cveNumber }) => !/^CVE-\d{4}-\d{4,}$/i.test(cveNumber)).map((row) => row.cveNumber),
      ).toEqual(['ALAS-2021-1704', 'CVE-2021-12']);
      expect(rows.map(({ agents = [] }) => agents.length).filter((count) => count >= 250)).toEqual([250, 251, 252]);
      expect(answers.toSorted()).toEqual([200, 404]);
      expect(rows[0]?.cveNumber).toBe(rows.at(-1)?.cveNumber);
      expect(rows.length).toBeGreaterThan(100);
    });

    it('name the same agents in their rows, on their servers, and when asked for one agent', async () => {
      await start({ agents: 20, cves: 15, serversPerCve: 6, oddities: false });
      const rows = await rowsOf();
      const agents = [...(await agentsOf(ONLINE)), ...(await agentsOf(OFFLINE))];

      const embedded = new Set(
        rows.flatMap((row) => row.agents?.map(({ agentId }) => `${row.cveNumber} ${agentId}`) ?? []),
      );
      const byCve = new Set<string>();
      for (const cve of new Set(rows.map(({ cveNumber }) => cveNumber))) {
        for (const { agentId } of await serversOf(cve)) byCve.add(`${cve} ${agentId}`);
      }
      const byAgent = new Set<string>();
      for (const { id } of agents) {
        for (const { cveNumber } of await rowsOf(`?agentId=${id}`)) byAgent.add(`${cveNumber} ${id}`);
      }

      expect(embedded.size).toBe(90);
      expect(byCve).toEqual(embedded);
      expect(byAgent).toEqual(embedded);
    });

    it.each([
      ['complete', [true, true], 252],
      ['truncated', [true, true], 50],
      ['mixed', [true, false], 252],
      ['absent', [false, false], 0],
    ])('embed agents in mode %s', async (embeddedAgents, inFirstRows, longest) => {
      await start({ embeddedAgents });

      const rows = await rowsOf();

      expect(rows.slice(0, 2).map((row) => row.agents !== undefined)).toEqual(inFirstRows);
      expect(rows.every((row) => 'agents' in row === 'securityNotices' in row)).toBe(true);
      expect(Math.max(...rows.map(({ agents = [] }) => agents.length))).toBe(longest);
      if (embeddedAgents === 'truncated') {
        expect(rows.filter(({ agents }) => agents?.length === 50)).toHaveLength(3);
        expect(await serversOf('CVE-2022-1002')).toHaveLength(252);
      }
    });

    it('can have a row for each host', async () => {
      await start({
        rowsPer: 'host',
        agents: 9,
        offlineAgents: 0,
        cves: 30,
        serversPerCve: 4,
        packagesPerCve: 2,
        oddities: false,
      });

      const rows = await rowsOf();

      expect(rows).toHaveLength(240);
      expect(rows.every(({ agents }) => agents?.length === 1)).toBe(true);
    });

    it.each([
      ['?status=active', ({ isSuppressed }: VulnerabilityRow) => !isSuppressed],
      ['?status=suppressed', ({ isSuppressed }: VulnerabilityRow) => isSuppressed],
      ['?severity=high', ({ severity }: VulnerabilityRow) => severity === 'high'],
      ['?severity=high&severity=low', ({ severity }: VulnerabilityRow) => severity !== 'medium'],
      ['?hasSecurityNotices=true', ({ securityNotices = [] }: VulnerabilityRow) => securityNotices.length > 0],
      ['?package=runc', ({ reportedPackage }: VulnerabilityRow) => reportedPackage.startsWith('runc ')],
    ])('are filtered by %s', async (query, isWanted) => {
      await start();

      const all = await rowsOf();
      const filtered = await rowsOf(query);

      expect(filtered.length).toBeGreaterThan(0);
      expect(filtered.length).toBeLessThan(all.length);
      expect(filtered).toEqual(all.filter(isWanted));
    });

    it('of one server are those of its agent', async () => {
      await start();
      const [agent] = await agentsOf(ONLINE);

      const byAgent = await rowsOf(`?agentId=${agent?.id ?? ''}`);

      expect(byAgent.length).toBeGreaterThan(0);
      expect(byAgent.every((row) => !('agents' in row))).toBe(true);
      expect(await rowsOf(`?server=${agent?.instanceId ?? ''}`)).toEqual(byAgent);
      expect(await rowsOf(`?server=${agent?.hostname ?? ''}`)).toEqual(byAgent);
      expect(await rowsOf('?server=nowhere')).toEqual([]);
    });

    it.each([
      ['empty', 200],
      ['404', 404],
    ])('of an agent without any are answered in mode %s with %d', async (agentWithoutCves, status) => {
      await start({ agentWithoutCves });

      expect((await client.get('/v2/vulnerabilities?agentId=nobody')).status).toBe(status);
    });
  });

  describe('the servers of a CVE', () => {
    it('take several pages when there are many', async () => {
      await start();

      const pages = await client.pages('/v2/vulnerabilities/CVE-2022-1000/servers');
      const servers = pages.flatMap((page) => page['servers'] as ServerRow[]);

      expect(pages.map((page) => (page['servers'] as unknown[]).length)).toEqual([100, 100, 50]);
      expect(new Set(servers.map(({ agentId }) => agentId)).size).toBe(250);
      expect(servers.filter(({ hostname }) => hostname === null)).toHaveLength(50);
    });

    it('are found in any spelling, and missing when no server has the CVE any more', async () => {
      await start();

      expect(await serversOf('cve-2021-21334')).toHaveLength(3);
      expect((await client.get('/v2/vulnerabilities/CVE-2019-18276/servers')).status).toBe(404);
    });
  });

  describe('alerts', () => {
    const at = (ms: number): string => new Date(ms).toISOString();
    const alertsOf = async (query: string): Promise<AlertRecord[]> =>
      client.all<AlertRecord>(`/v2/alerts${query}`, 'alerts');

    it('lie evenly in the days before the start, newest first, each once', async () => {
      await start({ alerts: 300, alertDays: 30, oddities: false });

      const alerts = await alertsOf('');

      expect(new Set(alerts.map(({ id }) => id)).size).toBe(300);
      expect(alerts.map(({ createdAt }) => createdAt)).toEqual(
        Array.from({ length: 300 }, (_, number) => at(START - (number + 0.5) * 0.1 * DAY)),
      );
    });

    it('of 30 days out of 90 are a third of them', async () => {
      await start({ alerts: 900, alertDays: 90, oddities: false });

      const alerts = await alertsOf(`?from=${at(START - 30 * DAY)}&until=${at(START)}`);

      expect(alerts).toHaveLength(300);
    });

    it.each([
      ['both ends on an alert', -2.5, -0.5, 3],
      ['an end a millisecond short', -2.5, -0.5 - 1 / DAY, 2],
      ['a beginning a millisecond late', -2.5 + 1 / DAY, -0.5, 2],
      ['nothing in between', -1.4, -0.6, 0],
      ['the future', 0, 10, 0],
    ])('in a window with %s', async (_what, from, until, expected) => {
      await start({ alerts: 90, alertDays: 90, oddities: false });

      const alerts = await alertsOf(`?from=${at(START + from * DAY)}&until=${at(START + until * DAY)}`);

      expect(alerts).toHaveLength(expected);
    });

    it.each([
      ['?status=active', ({ isDismissed }: AlertRecord) => isDismissed === false],
      ['?status=dismissed', ({ isDismissed }: AlertRecord) => isDismissed === true],
      ['?severity=1', ({ severity }: AlertRecord) => severity === 1],
      ['?severity=1&severity=2', ({ severity }: AlertRecord) => severity === 1 || severity === 2],
    ])('are filtered by %s', async (query, isWanted) => {
      await start();

      const all = await alertsOf('');
      const filtered = await alertsOf(query);

      expect(filtered.length).toBeGreaterThan(0);
      expect(filtered.length).toBeLessThan(all.length);
      expect(filtered).toEqual(all.filter(isWanted));
    });

    it('are filtered by agent and rule', async () => {
      await start();
      const all = await alertsOf('');
      const one = all.find(({ agentId }, index) => index > 3 && agentId !== undefined);

      const ofAgent = await alertsOf(`?agentId=${one?.agentId ?? ''}`);
      const ofRule = await alertsOf(`?ruleId=${one?.ruleId ?? ''}`);

      expect(ofAgent).toEqual(all.filter(({ agentId }) => agentId === one?.agentId));
      expect(ofRule).toEqual(all.filter(({ ruleId }) => ruleId === one?.ruleId));
      expect(ofRule).toContainEqual(one);
    });

    it('come with every known oddity', async () => {
      await start();
      const known = new Set([...(await agentsOf(ONLINE)), ...(await agentsOf(OFFLINE))].map(({ id }) => id));

      const alerts = await alertsOf('');

      expect(alerts.filter(({ agentId }) => agentId !== undefined && !known.has(agentId))).toHaveLength(1);
      expect(alerts.filter((alert) => Object.keys(alert).join() === 'id')).toHaveLength(1);
      expect(
        alerts.filter(({ agentId, title }) => agentId === undefined && title !== undefined).length,
      ).toBeGreaterThan(0);
      expect(alerts.map(({ dismissReason }) => dismissReason)).toContain('A_REASON_OF_TOMORROW');
      expect(alerts.map(({ severity }) => severity)).toContain(4);
      expect(alerts.map(({ title }) => title)).toContain('');
    });
  });

  describe('EC2 servers', () => {
    interface Ec2Row {
      id: string;
      monitored: boolean;
      state: string;
      agents: unknown[];
    }
    const serversWhere = async (query: string): Promise<Ec2Row[]> =>
      client.all<Ec2Row>(`/v2/aws/ec2${query}`, 'servers');

    it('without an agent are asked for by monitored=false', async () => {
      await start();

      const servers = await serversWhere('?monitored=false&verbose=true');

      expect(servers).toHaveLength(8);
      expect(servers.every(({ monitored, agents }) => !monitored && agents.length === 0)).toBe(true);
      expect(servers.map(({ state }) => state).filter((state) => state === 'stopped')).toHaveLength(2);
      expect(new Set(servers.map(({ id }) => id)).size).toBe(8);
    });

    it('with agents name them, two on one instance', async () => {
      await start();
      const online = await agentsOf(ONLINE);
      const shared = online.find(({ name }) => name === 'ecs-host')?.instanceId;

      const servers = await serversWhere('?monitored=true');

      expect(servers.every(({ monitored, agents }) => monitored && agents.length > 0)).toBe(true);
      expect(servers.find(({ id }) => id === shared)?.agents).toHaveLength(2);
      expect(new Set(servers.map(({ id }) => id))).toEqual(
        new Set(online.map(({ instanceId }) => instanceId).filter((id) => id?.startsWith('i-') === true)),
      );
    });

    it('are all of them otherwise', async () => {
      await start();

      const all = await serversWhere('');

      expect(all).toEqual([...(await serversWhere('?monitored=false')), ...(await serversWhere('?monitored=true'))]);
    });
  });
});
