import { describe, expect, it } from 'vitest';
import type { AgentRecord } from '../records.js';
import { toAgentEntity } from './agent.js';

const EC2_AGENT: AgentRecord = {
  id: '8b0f0b28-7fce-11e9-a123-99cdd68cb068',
  instanceId: 'i-0d0f1f32bea26a881',
  status: 'online',
  createdAt: '2019-05-26T15:54:28.452Z',
  lastReportedAt: '2019-05-26T16:04:48.376Z',
  version: '1.9.0',
  name: 'ip-10-50-140-117',
  description: '',
  hostname: 'ip-10-50-140-117',
  ipAddresses: { private: ['10.50.140.117'], link_local: ['fe80::4d8:28ff:feed:7692'], public: ['203.0.113.153'] },
  tags: [],
  agentType: 'investigate',
  osVersion: 'amzn 2018.03',
  kernel: '4.14.114-83.126.amzn1.x86_64',
};

describe('toAgentEntity', () => {
  it('converts an agent on EC2', () => {
    expect(defined(toAgentEntity(EC2_AGENT, 'online'))).toEqual({
      _key: 'threatstack:agent:8b0f0b28-7fce-11e9-a123-99cdd68cb068',
      _type: 'threatstack_agent',
      _class: ['HostAgent'],
      id: '8b0f0b28-7fce-11e9-a123-99cdd68cb068',
      name: 'ip-10-50-140-117',
      displayName: 'ip-10-50-140-117',
      function: ['FIM', 'activity-monitor', 'vulnerability-detection'],
      status: 'online',
      active: true,
      version: '1.9.0',
      agentType: 'investigate',
      instanceId: 'i-0d0f1f32bea26a881',
      hostname: 'ip-10-50-140-117',
      reportedHostname: 'ip-10-50-140-117',
      ipAddresses: ['203.0.113.153', '10.50.140.117'],
      publicIpAddress: ['203.0.113.153'],
      privateIpAddress: ['10.50.140.117'],
      linkLocalIpAddresses: ['fe80::4d8:28ff:feed:7692'],
      macAddress: ['06:d8:28:ed:76:92'],
      osVersion: 'amzn 2018.03',
      osName: 'amzn',
      kernel: '4.14.114-83.126.amzn1.x86_64',
      createdOn: 1_558_886_068_452,
      lastSeenOn: 1_558_886_688_376,
      createdAt: 1_558_886_068_452,
      lastReportedAt: 1_558_886_688_376,
      _rawData: [{ name: 'default', rawData: EC2_AGENT }],
    });
  });

  it('converts an agent elsewhere', () => {
    const agent: AgentRecord = {
      id: '5d7a1b2c3d4e5f6071829304',
      status: 'OFFLINE',
      createdAt: '2018-02-01T00:00:00.000Z',
      hostname: 'DB_01.corp.example.com',
      ipAddresses: { private: ['10.1.2.3/24', '127.0.0.1/8', '::1/128'], link_local: [], public: '198.51.100.7' },
      agentType: 'monitor',
      agentModuleHealth: { isHealthy: false },
    };

    expect(defined(toAgentEntity(agent, 'offline'))).toEqual({
      _key: 'threatstack:agent:5d7a1b2c3d4e5f6071829304',
      _type: 'threatstack_agent',
      _class: ['HostAgent'],
      id: '5d7a1b2c3d4e5f6071829304',
      name: 'DB_01.corp.example.com',
      displayName: 'DB_01.corp.example.com',
      function: ['FIM', 'activity-monitor', 'vulnerability-detection'],
      status: 'offline',
      active: false,
      agentType: 'monitor',
      hostname: 'db_01',
      fqdn: 'db_01.corp.example.com',
      reportedHostname: 'DB_01.corp.example.com',
      ipAddresses: ['198.51.100.7', '10.1.2.3'],
      publicIpAddress: ['198.51.100.7'],
      privateIpAddress: ['10.1.2.3'],
      createdOn: 1_517_443_200_000,
      lastSeenOn: null,
      createdAt: 1_517_443_200_000,
      healthy: false,
      _rawData: [{ name: 'default', rawData: agent }],
    });
  });

  it('makes do with an id', () => {
    expect(defined(toAgentEntity({ id: 'a' }))).toEqual({
      _key: 'threatstack:agent:a',
      _type: 'threatstack_agent',
      _class: ['HostAgent'],
      id: 'a',
      name: 'a',
      displayName: 'a',
      function: ['FIM', 'activity-monitor', 'vulnerability-detection'],
      lastSeenOn: null,
      _rawData: [{ name: 'default', rawData: { id: 'a' } }],
    });
  });

  it.each([
    [{ name: 'n', hostname: 'h' }, 'n'],
    [{ name: ' ', hostname: ' h ' }, 'h'],
    [{ name: '', hostname: '' }, 'a'],
    [{}, 'a'],
  ])('names %j %j', (known, expected) => {
    expect(toAgentEntity({ id: 'a', ...known })).toMatchObject({ name: expected, displayName: expected });
  });

  it.each([
    ['online', undefined, 'online', true],
    ['Offline', 'online', 'offline', false],
    [undefined, 'online', 'online', true],
    ['', 'offline', 'offline', false],
    ['revoked', 'online', 'revoked', false],
    [undefined, undefined, undefined, undefined],
  ] as const)('takes status %j of the list %j as %j', (status, listedAs, expected, active) => {
    const entity = toAgentEntity({ id: 'a', status }, listedAs);

    expect([entity['status'], entity['active']]).toEqual([expected, active]);
  });

  it('takes no host name from an address', () => {
    const entity = toAgentEntity({ id: 'a', hostname: '10.9.8.7' });

    expect([entity['hostname'], entity['fqdn'], entity['reportedHostname']]).toEqual([
      undefined,
      undefined,
      '10.9.8.7',
    ]);
  });

  it('assigns tags as JupiterOne does, but keeps the name', () => {
    const entity = toAgentEntity({
      id: 'a',
      name: 'web-1',
      tags: [
        { source: 'ec2', key: 'Name', value: 'cluster' },
        { source: 'ec2', key: 'Terraform', value: 'true' },
        { source: 'ec2', key: 'Owner', value: 'AWS' },
        { key: 'Owner', value: 'Ops' },
        { key: 'classification', value: 'Internal' },
        { key: '__proto__', value: 'polluted' },
        { source: 'ec2', key: 'aws:ec2launchtemplate:version', value: '3' },
      ],
    });

    expect(entity).toMatchObject({
      name: 'web-1',
      displayName: 'web-1',
      'tag.Name': 'cluster',
      'tag.Terraform': true,
      'tag.Owner': 'Ops',
      'tag.classification': 'Internal',
      'tag.aws-ec2launchtemplate-version': 3,
      tags: ['Terraform'],
      owner: 'ops',
      classification: 'internal',
    });
    expect(Object.getPrototypeOf(entity)).toBe(Object.prototype);
  });
});

/** Without the properties that are undefined, which no graph file holds. */
function defined(entity: object): object {
  return Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== undefined));
}
