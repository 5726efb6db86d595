import {
  RelationshipClass,
  RelationshipDirection,
  type StepMappedRelationshipMetadata,
} from '@jupiterone/integration-sdk-core';
import { entityTypes, relationshipType, Type } from '@vendor-graph/integration';

/*
 * Every type that this package writes to the graph, each declared once. Steps, documentation and tests read these constants.
 */

const { createEntityType, createEntityMetadata } = entityTypes('threatstack');

const text = Type.Optional(Type.String());
const flag = Type.Optional(Type.Boolean());
/** Milliseconds since the epoch. */
const instant = Type.Optional(Type.Number());
const texts = Type.Optional(Type.Array(Type.String()));

/** The organization. */
export const [ACCOUNT, createAccount] = createEntityMetadata({
  resourceName: 'Account',
  _class: ['Account'],
  _type: createEntityType('account'),
  description: 'A Threat Stack organization.',
  schema: Type.Object({ accountId: Type.String() }),
});

/** A sensor on a host. */
export const [AGENT, createAgent] = createEntityMetadata({
  resourceName: 'Agent',
  _class: ['HostAgent'],
  _type: createEntityType('agent'),
  description: 'A Threat Stack agent, the sensor on one host.',
  schema: Type.Object({
    version: text,
    agentType: text,
    instanceId: text,
    hostname: text,
    fqdn: text,
    reportedHostname: text,
    ipAddresses: texts,
    publicIpAddress: texts,
    privateIpAddress: texts,
    linkLocalIpAddresses: texts,
    macAddress: texts,
    osVersion: text,
    osName: text,
    kernel: text,
    createdAt: instant,
    lastReportedAt: instant,
    healthy: flag,
  }),
});

/** Something that Threat Stack detected; partial, because each run reads a window of time only. */
export const [ALERT, createAlert] = createEntityMetadata({
  resourceName: 'Alert',
  _class: ['Finding'],
  _type: createEntityType('alert'),
  description: 'A Threat Stack alert.',
  partial: true,
  schema: Type.Object({
    id: Type.String(),
    alertSeverity: Type.Optional(Type.Integer()),
    dataSource: text,
    agentId: text,
    ruleId: text,
    rulesetId: text,
    aggregatedFields: texts,
    dismissedOn: instant,
    dismissedBy: text,
    dismissReason: text,
    dismissReasonText: text,
  }),
});

/** A running EC2 instance on which no agent runs. */
export const [COVERAGE_GAP, createCoverageGap] = createEntityMetadata({
  resourceName: 'EC2 Coverage Gap',
  _class: ['Finding'],
  _type: createEntityType('coverage_gap'),
  description: 'A running EC2 instance without a Threat Stack agent.',
  schema: Type.Object({
    instanceId: Type.String(),
    instanceType: text,
    region: text,
    vpcId: text,
    subnetId: text,
    imageId: text,
    awsProfile: text,
    privateIpAddress: text,
    publicIpAddress: text,
    privateDnsName: text,
    publicDnsName: text,
    launchedOn: instant,
  }),
});

export const ACCOUNT_HAS_AGENT = relationshipType(ACCOUNT, RelationshipClass.HAS, AGENT);

/** Partial for the same reason as the alerts themselves. */
export const AGENT_IDENTIFIED_ALERT = {
  ...relationshipType(AGENT, RelationshipClass.IDENTIFIED, ALERT),
  partial: true,
};

export const AGENT_PROTECTS_AWS_INSTANCE = {
  _type: 'threatstack_agent_protects_aws_instance',
  _class: RelationshipClass.PROTECTS,
  sourceType: AGENT._type,
  targetType: 'aws_instance',
  direction: RelationshipDirection.FORWARD,
} as const satisfies StepMappedRelationshipMetadata;

export const AGENT_PROTECTS_SERVER = {
  _type: 'threatstack_agent_protects_server',
  _class: RelationshipClass.PROTECTS,
  sourceType: AGENT._type,
  targetType: 'server',
  direction: RelationshipDirection.FORWARD,
} as const satisfies StepMappedRelationshipMetadata;

/** The type's name is older than the SDK's rule for such names, which would give `..._identified_cve`; queries rely on it. */
export const AGENT_IDENTIFIED_CVE = {
  _type: 'threatstack_agent_identified_vulnerability',
  _class: RelationshipClass.IDENTIFIED,
  sourceType: AGENT._type,
  targetType: 'cve',
  direction: RelationshipDirection.FORWARD,
} as const satisfies StepMappedRelationshipMetadata;

export const AWS_INSTANCE_HAS_COVERAGE_GAP = {
  _type: 'aws_instance_has_threatstack_coverage_gap',
  _class: RelationshipClass.HAS,
  sourceType: COVERAGE_GAP._type,
  targetType: 'aws_instance',
  direction: RelationshipDirection.REVERSE,
} as const satisfies StepMappedRelationshipMetadata;
