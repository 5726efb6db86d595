import { describe, expect, it } from 'vitest';
import { protectsRelationships } from './protects.js';

const AGENT = { _key: 'threatstack:agent:a', _type: 'threatstack_agent', _class: 'HostAgent' };

describe('protectsRelationships', () => {
  it('leads to the EC2 instance by its id and never creates it', () => {
    expect(protectsRelationships({ ...AGENT, instanceId: 'i-0104fac1333303e7e', hostname: 'web' })).toEqual([
      {
        _key: 'threatstack:agent:a|protects|i-0104fac1333303e7e',
        _type: 'threatstack_agent_protects_aws_instance',
        _class: 'PROTECTS',
        displayName: 'PROTECTS',
        _mapping: {
          relationshipDirection: 'FORWARD',
          sourceEntityKey: 'threatstack:agent:a',
          targetFilterKeys: [['_type', 'instanceId']],
          targetEntity: { _class: 'Host', _type: 'aws_instance', instanceId: 'i-0104fac1333303e7e' },
          skipTargetCreation: true,
        },
      },
    ]);
  });

  it('leads to servers by both names of the host and never creates one', () => {
    const relationships = protectsRelationships({ ...AGENT, hostname: 'web', fqdn: 'web.example.com' });

    expect(relationships).toEqual(
      ['web', 'web.example.com'].map((hostname) => ({
        _key: `threatstack:agent:a|protects|server:${hostname}`,
        _type: 'threatstack_agent_protects_server',
        _class: 'PROTECTS',
        displayName: 'PROTECTS',
        _mapping: {
          relationshipDirection: 'FORWARD',
          sourceEntityKey: 'threatstack:agent:a',
          targetFilterKeys: [['_type', 'hostname']],
          targetEntity: { _class: 'Host', _type: 'server', hostname, name: hostname, displayName: hostname },
          skipTargetCreation: true,
        },
      })),
    );
  });

  it.each([
    ['an EC2 instance of the old form', { instanceId: 'i-0104fac1' }, ['threatstack_agent_protects_aws_instance']],
    [
      'an instance of another cloud',
      { instanceId: '4528736419', hostname: 'web' },
      ['threatstack_agent_protects_server'],
    ],
    ['an id in capitals', { instanceId: 'i-0104FAC1', hostname: 'web' }, ['threatstack_agent_protects_server']],
    ['no instance and no name', {}, []],
    ['a name that any host may have', { hostname: 'localhost', fqdn: 'localhost.localdomain' }, []],
  ])('relates an agent with %s', (_, known, types) => {
    expect(protectsRelationships({ ...AGENT, ...known }).map(({ _type }) => _type)).toEqual(types);
  });
});
