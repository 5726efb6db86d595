import type { Random } from '../kit/random.js';
import { agentId, DATA_TIME, instanceId, iso } from './agents.js';
import type { AgentRecord } from './agents.js';

/** Agents that break an assumption, each in a way that the real API is known or suspected for. */
export interface OddAgents {
  readonly online: readonly AgentRecord[];
  readonly offline: readonly AgentRecord[];
  /** In neither listing, but answered when asked for by id: went offline between the two listings. */
  readonly stray: AgentRecord;
  /** Named by vulnerabilities and alerts; not known to the agents API any more. */
  readonly unknownId: string;
}

const MINUTE = 60_000;

/** The same seed gives the same odd agents. */
export function oddAgents(random: Random): OddAgents {
  const draw = random.fork('odd agents');
  const statusless = {
    createdAt: iso(DATA_TIME - 400 * 24 * 60 * MINUTE),
    lastReportedAt: iso(DATA_TIME - MINUTE),
    version: '1.9.0',
    description: '',
    agentType: 'investigate',
    osVersion: 'amzn 2018.03',
    kernel: '4.14.114-83.126.amzn1.x86_64',
  };
  const common = { ...statusless, status: 'online' };
  const sharedInstance = instanceId(draw);
  const twoStates = {
    ...common,
    id: agentId(draw),
    instanceId: instanceId(draw),
    name: 'changeling',
    hostname: 'changeling',
  };
  const tie = { ...common, id: agentId(draw), name: 'tied', hostname: 'tied' };
  return {
    online: [
      // As recorded: fields that are simply not there.
      { ...common, id: agentId(draw), name: 'bare-01', hostname: 'bare-01' },
      { ...common, id: agentId(draw), hostname: 'nameless-01' },
      // Two agents, one of them in a container, on one instance.
      { ...common, id: agentId(draw), instanceId: sharedInstance, name: 'ecs-host', hostname: 'ecs-host' },
      {
        ...common,
        id: agentId(draw),
        instanceId: sharedInstance,
        name: 'ecs-container',
        hostname: 'ecs-host',
        tags: [
          { source: 'ec2', key: 'Environment', value: 'internal' },
          { key: 'Environment', value: 'console wins' },
          { source: 'ec2', key: 'Terraform', value: 'true' },
          { source: 'ec2', key: 'Name', value: 'ecs-cluster-primary' },
          { source: 'ec2', key: 'Empty', value: null },
          { source: 'ec2', key: null, value: 'no key' },
          { source: 'ec2', key: '', value: 'empty key' },
          { key: 'classification', value: 'Internal' },
        ],
      },
      // A host name that is an address; empty texts where others have null.
      {
        ...common,
        id: agentId(draw),
        instanceId: '',
        name: '',
        hostname: '10.9.8.7',
        ipAddresses: null,
        tags: [],
        agentModuleHealth: null,
      },
      // Addresses in every form.
      {
        ...common,
        id: agentId(draw),
        name: 'addresses',
        hostname: 'Addresses.Corp.Example.COM',
        ipAddresses: {
          private: ['10.1.2.3/24', '127.0.0.1/8', '::1/128', '10.1.2.3', ' 10.1.2.4 ', 'unknown'],
          link_local: ['fe80::4d8:28ff:feed:7692', 'fe80::1'],
          public: '198.51.100.7',
        },
        agentModuleHealth: { isHealthy: true, processSandbox: 'UNSUPPORTED' },
      },
      { ...common, id: agentId(draw), name: 'one-list', hostname: 'one-list', ipAddresses: { private: ['10.1.2.5'] } },
      // Has registered, never reported.
      { ...common, id: agentId(draw), name: 'silent', hostname: 'silent', lastReportedAt: null },
      // An instance id that is none of EC2's.
      { ...common, id: agentId(draw), instanceId: 'vm-4711', name: 'elsewhere', hostname: 'elsewhere.example.net' },
      { ...statusless, id: agentId(draw), hostname: 'localhost' },
      twoStates,
      tie,
    ],
    offline: [
      // Listed as offline first, online a moment later; the tied one says both at the same time.
      { ...twoStates, status: 'offline', lastReportedAt: iso(DATA_TIME - 30 * MINUTE) },
      { ...tie, status: 'offline' },
      {
        ...common,
        id: agentId(draw, true),
        instanceId: null,
        status: 'offline',
        lastReportedAt: iso(DATA_TIME - 90 * MINUTE),
        name: null,
        description: null,
        hostname: 'DB_01.corp.example.com',
        ipAddresses: { private: ['10.1.2.6/24'], link_local: [], public: '198.51.100.8' },
        tags: null,
        agentType: 'monitor',
        osVersion: null,
        kernel: null,
        agentModuleHealth: { isHealthy: false },
      },
    ],
    stray: {
      ...common,
      id: agentId(draw),
      status: 'offline',
      instanceId: instanceId(draw),
      name: 'stray',
      hostname: 'stray',
    },
    unknownId: agentId(draw),
  };
}
