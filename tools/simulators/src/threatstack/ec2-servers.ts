import type { Random } from '../kit/random.js';
import { DATA_TIME, instanceId, iso } from './agents.js';
import type { AgentRecord } from './agents.js';

const DAY = 24 * 60 * 60_000;
const RUNNING = { state: 'running', stateCode: 16 };
const STOPPED = { state: 'stopped', stateCode: 80 };

/** EC2 instances as the API shows them: those that agents run on, and those without an agent. */
export class Ec2Servers {
  readonly #random: Random;
  readonly #monitored: readonly (readonly AgentRecord[])[];
  readonly #unmonitored: number;

  constructor(random: Random, agents: readonly AgentRecord[], unmonitored: number) {
    this.#random = random;
    const byInstance = new Map<string, AgentRecord[]>();
    for (const agent of agents) {
      if (agent.instanceId?.startsWith('i-') !== true) continue;
      byInstance.set(agent.instanceId, [...(byInstance.get(agent.instanceId) ?? []), agent]);
    }
    this.#monitored = [...byInstance.values()];
    this.#unmonitored = unmonitored;
  }

  get length(): number {
    return this.#unmonitored + this.#monitored.length;
  }

  /** The instance with this number as JSON; undefined when the other kind is asked for. */
  json(number: number, isMonitored: boolean | undefined): string | undefined {
    const agents = number < this.#unmonitored ? undefined : this.#monitored[number - this.#unmonitored];
    if (isMonitored !== undefined && isMonitored !== (agents !== undefined)) return undefined;
    return JSON.stringify(this.#server(number, agents));
  }

  #server(number: number, agents: readonly AgentRecord[] | undefined): object {
    const draw = this.#random.fork('ec2', number);
    const address = [10, draw.integer(0, 255), draw.integer(0, 255), draw.integer(1, 254)];
    const region = draw.pick(['us-east-1', 'us-west-2', 'eu-west-1']);
    const id = agents?.[0]?.instanceId ?? instanceId(draw);
    return {
      id,
      kernelId: null,
      instanceType: draw.pick(['t3.small', 'm5.large', 'c5.xlarge']),
      privateDnsName: `ip-${address.join('-')}.ec2.internal`,
      privateIpAddress: address.join('.'),
      groups: [],
      subnetId: `subnet-${draw.hex(8)}`,
      keyName: 'ops',
      region,
      launchTime: iso(DATA_TIME - draw.integer(DAY, 300 * DAY)),
      imageId: `ami-${draw.hex(8)}`,
      architecture: 'x86_64',
      publicDnsName: '',
      publicIpAddress: draw.chance(0.2) ? `203.0.113.${draw.integer(1, 254)}` : null,
      vpcId: `vpc-${draw.hex(8)}`,
      awsProfile: draw.pick(['prod', 'staging']),
      monitored: agents !== undefined,
      tags: draw.chance(0.5) ? [{ source: 'ec2', key: 'Name', value: `unwatched-${number}` }] : [],
      ...(agents === undefined && number % 4 === 3 ? STOPPED : RUNNING),
      agents: (agents ?? []).map((agent) => ({
        id: agent.id,
        status: agent.status,
        createdAt: agent.createdAt,
        lastReportedAt: agent.lastReportedAt,
        version: agent.version,
        name: agent.name,
        description: agent.description,
        hostname: agent.hostname,
        isContainerAgent: agent.name === 'ecs-container',
        kernel: agent.kernel,
        osVersion: agent.osVersion,
      })),
    };
  }
}
