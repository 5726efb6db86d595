import {
  assignTags,
  createMappedRelationship,
  type Entity,
  type MappedRelationship,
} from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { AWS_INSTANCE_HAS_COVERAGE_GAP, createCoverageGap } from '../data-model.js';
import type { Ec2InstanceRecord } from '../records.js';
import { mergeTags } from './agent-tags.js';

/** The number that AWS gives to the state "running". */
const RUNNING = 16;

/** True when an instance runs and no agent reports from it; a stopped instance needs none. */
export function isCoverageGap(instance: Ec2InstanceRecord): boolean {
  const state = text(instance.state)?.toLowerCase();
  const running = state === undefined ? instance.stateCode === RUNNING : state === 'running';
  return running && instance.monitored !== true;
}

/** The finding that a running instance has no agent. The severity is this package's judgement; Threat Stack states none. */
export function toCoverageGapEntity(instance: Ec2InstanceRecord): Entity {
  const name = `EC2 instance ${instance.id} has no Threat Stack agent`;
  const entity = withRawData(
    createCoverageGap({
      _key: coverageGapKey(instance.id),
      name,
      displayName: name,
      category: 'host',
      severity: 'medium',
      numericSeverity: 5.5,
      open: true,
      status: 'open',
      instanceId: instance.id,
      instanceType: text(instance.instanceType),
      region: text(instance.region),
      vpcId: text(instance.vpcId),
      subnetId: text(instance.subnetId),
      imageId: text(instance.imageId),
      awsProfile: text(instance.awsProfile),
      privateIpAddress: text(instance.privateIpAddress),
      publicIpAddress: text(instance.publicIpAddress),
      privateDnsName: text(instance.privateDnsName),
      publicDnsName: text(instance.publicDnsName),
      launchedOn: isoMillis(instance.launchTime),
    }),
    instance,
  );
  assignTags(entity, mergeTags(instance.tags));
  entity.displayName = name;
  return entity;
}

/** The relationship of the instance to the finding; the instance is found by its id and never created. */
export function instanceHasCoverageGap(instanceId: string): MappedRelationship {
  const gapKey = coverageGapKey(instanceId);
  return createMappedRelationship({
    _class: AWS_INSTANCE_HAS_COVERAGE_GAP._class,
    _type: AWS_INSTANCE_HAS_COVERAGE_GAP._type,
    _key: `${instanceId}|has|${gapKey}`,
    _mapping: {
      relationshipDirection: AWS_INSTANCE_HAS_COVERAGE_GAP.direction,
      sourceEntityKey: gapKey,
      targetFilterKeys: [['_type', 'instanceId']],
      targetEntity: { _class: 'Host', _type: AWS_INSTANCE_HAS_COVERAGE_GAP.targetType, instanceId },
      skipTargetCreation: true,
    },
  });
}

/** The graph's key of the finding that an instance has no agent. */
function coverageGapKey(instanceId: string): string {
  return `threatstack:coverage-gap:${instanceId}`;
}
