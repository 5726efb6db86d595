import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { agentSchema, alertSchema, ec2InstanceSchema, vulnerabilitySchema, vulnerableServerSchema } from './records.js';

describe('agentSchema', () => {
  const agents = recordReader(agentSchema);

  it('takes what is known, and nothing that is not', () => {
    expect(
      agents.read({
        id: '5d7a1b2c3d4e5f6071829304',
        instanceId: null,
        status: 'offline',
        name: 7,
        ipAddresses: { private: ['10.1.2.3/24', null, 5], link_local: [], public: '198.51.100.7', secret: 'x' },
        tags: [{ source: 'ec2', key: 'Name', value: 'web' }, { key: 'empty', value: null }, 'text', null],
        agentModuleHealth: { isHealthy: false, dnsTracer: 'UNSUPPORTED' },
        apiKey: 'of somebody',
      }),
    ).toEqual({
      id: '5d7a1b2c3d4e5f6071829304',
      status: 'offline',
      ipAddresses: { private: ['10.1.2.3/24'], link_local: [], public: '198.51.100.7' },
      tags: [{ source: 'ec2', key: 'Name', value: 'web' }],
      agentModuleHealth: { isHealthy: false },
    });
  });

  it('takes null for nothing', () => {
    expect(agents.read({ id: 'a', ipAddresses: null, tags: null, agentModuleHealth: null, kernel: null })).toEqual({
      id: 'a',
    });
  });
});

describe('vulnerabilitySchema', () => {
  const vulnerabilities = recordReader(vulnerabilitySchema);

  it('keeps an empty list of agents apart from none', () => {
    expect(vulnerabilities.read({ cveNumber: 'CVE-2021-21334', agents: [] })).toEqual({
      cveNumber: 'CVE-2021-21334',
      agents: [],
    });
    expect(vulnerabilities.read({ cveNumber: 'CVE-2021-21334', agents: null })).toEqual({
      cveNumber: 'CVE-2021-21334',
    });
  });

  it('takes notices in whatever shape, and of agents the id', () => {
    expect(
      vulnerabilities.read({
        cveNumber: 'CVE-2021-21334',
        securityNotices: [{ id: 'USN-1', nested: [1] }, 'ALAS-1'],
        agents: [{ agentId: 'a', hostname: 'h' }, { agentId: '' }, { hostname: 'h' }],
      }),
    ).toEqual({
      cveNumber: 'CVE-2021-21334',
      securityNotices: [{ id: 'USN-1', nested: [1] }, 'ALAS-1'],
      agents: [{ agentId: 'a' }],
    });
  });
});

it.each([
  ['agent', agentSchema, 'id'],
  ['vulnerability', vulnerabilitySchema, 'cveNumber'],
  ['server', vulnerableServerSchema, 'agentId'],
  ['alert', alertSchema, 'id'],
  ['EC2 instance', ec2InstanceSchema, 'id'],
])('does not take an %s without what its key needs', (_, schema, field) => {
  const reader = recordReader(schema);

  for (const value of [undefined, null, '', 7, {}, []]) expect(reader.read({ [field]: value })).toBeUndefined();
  for (const value of [null, 'text', 7, []]) expect(reader.read(value)).toBeUndefined();
  expect(reader.read({ [field]: 'x' })).toEqual({ [field]: 'x' });
});
