import type { Random } from '../kit/random.js';
import { AgentIndex } from './agent-set.js';
import { regularAgent } from './agents.js';
import type { AgentRecord } from './agents.js';
import { Alerts } from './alerts.js';
import { regularCve } from './cves.js';
import type { Cve } from './cves.js';
import type { ThreatStackOptions } from './definition.js';
import { Ec2Servers } from './ec2-servers.js';
import { oddAgents } from './odd-agents.js';
import type { OddAgents } from './odd-agents.js';
import { oddCves } from './odd-cves.js';
import { VulnerabilityRows } from './vulnerability-rows.js';

/** A record with its JSON: pages are put together from texts that are made once. */
export interface ListedAgent {
  readonly record: AgentRecord;
  readonly json: string;
}

/** Everything that one organization has in Threat Stack; each part is made when it is first asked for. */
export class Organization {
  readonly id: string;
  readonly #random: Random;
  readonly #options: Readonly<ThreatStackOptions>;
  readonly #startedAt: number;
  readonly #odd: OddAgents | undefined;
  #agents: Readonly<Record<'online' | 'offline', readonly ListedAgent[]>> | undefined;
  #agentsById: ReadonlyMap<string, ListedAgent> | undefined;
  #cves: readonly Cve[] | undefined;
  #cvesByNumber: ReadonlyMap<string, Cve> | undefined;
  #vulnerabilities: VulnerabilityRows | undefined;
  #alerts: Alerts | undefined;
  #ec2Servers: Ec2Servers | undefined;

  /** `startedAt` (ms since the epoch): alerts lie before it. */
  constructor(id: string, random: Random, options: Readonly<ThreatStackOptions>, startedAt: number) {
    this.id = id;
    this.#random = random;
    this.#options = options;
    this.#startedAt = startedAt;
    this.#odd = options.oddities ? oddAgents(random) : undefined;
  }

  get agents(): Readonly<Record<'online' | 'offline', readonly ListedAgent[]>> {
    return (this.#agents ??= {
      online: this.#makeAgents(0, this.#options.agents, 'online', this.#odd?.online ?? []),
      offline: this.#makeAgents(this.#options.agents, this.#options.offlineAgents, 'offline', this.#odd?.offline ?? []),
    });
  }

  /** An agent by id, also one that is in neither listing. */
  agent(id: string): ListedAgent | undefined {
    // Online last: of an agent that is in both listings, this is the later word.
    this.#agentsById ??= new Map(
      [
        ...this.agents.offline,
        ...this.agents.online,
        ...(this.#odd === undefined ? [] : [listed(this.#odd.stray)]),
      ].map((agent) => [agent.record.id, agent]),
    );
    return this.#agentsById.get(id);
  }

  get vulnerabilities(): VulnerabilityRows {
    return (this.#vulnerabilities ??= new VulnerabilityRows(this.#allCves, this.#options));
  }

  /** A CVE by its number in any spelling. */
  cve(number: string): Cve | undefined {
    this.#cvesByNumber ??= new Map(this.#allCves.map((cve) => [cve.number.toLowerCase(), cve]));
    return this.#cvesByNumber.get(number.toLowerCase());
  }

  get alerts(): Alerts {
    return (this.#alerts ??= new Alerts(this.#random, this.#regularIds, this.#odd?.unknownId, {
      ...this.#options,
      startedAt: this.#startedAt,
    }));
  }

  get ec2Servers(): Ec2Servers {
    return (this.#ec2Servers ??= new Ec2Servers(
      this.#random,
      this.agents.online.map(({ record }) => record),
      this.#options.unmonitoredServers,
    ));
  }

  get #allCves(): readonly Cve[] {
    if (this.#cves === undefined) {
      const index = new AgentIndex(this.#regularIds);
      const regular = Array.from({ length: this.#options.cves }, (_, number) =>
        regularCve(this.#random, number, index, this.#options),
      );
      const odd =
        this.#odd === undefined
          ? []
          : oddCves(this.#random, index, { strayId: this.#odd.stray.id, unknownId: this.#odd.unknownId }, regular[0]);
      this.#cves = [...regular, ...odd];
    }
    return this.#cves;
  }

  /** Ids of the agents that CVEs and alerts are spread over: all but the odd ones. */
  get #regularIds(): readonly string[] {
    return [
      ...this.agents.online.slice(0, this.#options.agents),
      ...this.agents.offline.slice(0, this.#options.offlineAgents),
    ].map(({ record }) => record.id);
  }

  #makeAgents(
    first: number,
    count: number,
    status: 'online' | 'offline',
    odd: readonly AgentRecord[],
  ): readonly ListedAgent[] {
    const regular = Array.from({ length: count }, (_, number) => regularAgent(this.#random, first + number, status));
    return [...regular, ...odd].map(listed);
  }
}

function listed(record: AgentRecord): ListedAgent {
  return { record, json: JSON.stringify(record) };
}
