import { describe, expect, it } from 'vitest';
import type { Ec2InstanceRecord } from '../records.js';
import { instanceHasCoverageGap, isCoverageGap, toCoverageGapEntity } from './coverage-gap.js';

const INSTANCE: Ec2InstanceRecord = {
  id: 'i-0d0f1f32bea26a881',
  instanceType: 't3.small',
  privateDnsName: 'ip-10-50-140-117.ec2.internal',
  privateIpAddress: '10.50.140.117',
  publicDnsName: '',
  subnetId: 'subnet-0a1b2c3d',
  vpcId: 'vpc-0a1b2c3d',
  region: 'us-east-1',
  imageId: 'ami-0a1b2c3d',
  launchTime: '2019-05-26T15:50:00.000Z',
  awsProfile: 'prod',
  monitored: false,
  state: 'running',
  stateCode: 16,
  tags: [{ key: 'Name', value: 'web' }],
};

describe('isCoverageGap', () => {
  it.each([
    ['a running instance', { state: 'running', monitored: false }, true],
    ['a running instance of which nothing else is known', { state: 'Running' }, true],
    ['an instance of which the code is known only', { stateCode: 16 }, true],
    ['a stopped instance', { state: 'stopped', stateCode: 80 }, false],
    ['an instance whose state contradicts the code', { state: 'stopping', stateCode: 16 }, false],
    ['an instance in an unknown state', {}, false],
    ['an instance with an agent', { state: 'running', monitored: true }, false],
  ])('judges %s', (_, known, expected) => {
    expect(isCoverageGap({ id: 'i-0d0f1f32bea26a881', ...known })).toBe(expected);
  });
});

describe('toCoverageGapEntity', () => {
  it('makes a finding that names the instance', () => {
    const name = 'EC2 instance i-0d0f1f32bea26a881 has no Threat Stack agent';

    expect(toCoverageGapEntity(INSTANCE)).toEqual({
      _key: 'threatstack:coverage-gap:i-0d0f1f32bea26a881',
      _type: 'threatstack_coverage_gap',
      _class: ['Finding'],
      name,
      displayName: name,
      category: 'host',
      severity: 'medium',
      numericSeverity: 5.5,
      open: true,
      status: 'open',
      instanceId: 'i-0d0f1f32bea26a881',
      instanceType: 't3.small',
      region: 'us-east-1',
      vpcId: 'vpc-0a1b2c3d',
      subnetId: 'subnet-0a1b2c3d',
      imageId: 'ami-0a1b2c3d',
      awsProfile: 'prod',
      privateIpAddress: '10.50.140.117',
      publicIpAddress: undefined,
      privateDnsName: 'ip-10-50-140-117.ec2.internal',
      publicDnsName: undefined,
      launchedOn: 1_558_885_800_000,
      'tag.Name': 'web',
      _rawData: [{ name: 'default', rawData: INSTANCE }],
    });
  });
});

describe('instanceHasCoverageGap', () => {
  it('leads from the instance, found by its id and never created', () => {
    expect(instanceHasCoverageGap('i-1')).toEqual({
      _key: 'i-1|has|threatstack:coverage-gap:i-1',
      _type: 'aws_instance_has_threatstack_coverage_gap',
      _class: 'HAS',
      displayName: 'HAS',
      _mapping: {
        relationshipDirection: 'REVERSE',
        sourceEntityKey: 'threatstack:coverage-gap:i-1',
        targetFilterKeys: [['_type', 'instanceId']],
        targetEntity: { _class: 'Host', _type: 'aws_instance', instanceId: 'i-1' },
        skipTargetCreation: true,
      },
    });
  });
});
