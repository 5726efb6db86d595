import { Type, type Static } from '@vendor-graph/integration';

/*
 * One schema a record. It says three things at once: what a record must have to be of use (the required fields), what may
 * stand in the raw data of an entity (nothing but these fields), and the type that converters work with. Threat Stack sends
 * null, an empty string or nothing at all where it knows nothing, so everything that no key needs is optional.
 */

const optionalText = Type.Optional(Type.String());
const optionalFlag = Type.Optional(Type.Boolean());

/** Addresses of one kind: a list, or in old answers a single string. */
const addresses = Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()]));

/** A tag; `source` is absent when the tag was set in the Threat Stack console. */
const tag = Type.Object({ source: optionalText, key: Type.String(), value: Type.String() });

/** A sensor on a host, as listed by `GET /v2/agents`. */
export const agentSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  instanceId: optionalText,
  status: optionalText,
  createdAt: optionalText,
  lastReportedAt: optionalText,
  version: optionalText,
  name: optionalText,
  description: optionalText,
  hostname: optionalText,
  ipAddresses: Type.Optional(Type.Object({ private: addresses, link_local: addresses, public: addresses })),
  tags: Type.Optional(Type.Array(tag)),
  agentType: optionalText,
  osVersion: optionalText,
  kernel: optionalText,
  agentModuleHealth: Type.Optional(Type.Object({ isHealthy: optionalFlag })),
});

/** A vulnerability of one package, as listed by `GET /v2/vulnerabilities`. */
export const vulnerabilitySchema = Type.Object({
  cveNumber: Type.String({ minLength: 1 }),
  reportedPackage: optionalText,
  systemPackage: optionalText,
  vectorType: optionalText,
  severity: optionalText,
  isSuppressed: optionalFlag,
  /** Notices of the operating system's vendor. Their shape is not documented; only whether there are any is used. */
  securityNotices: Type.Optional(Type.Array(Type.Unknown())),
  /** The affected agents; older answers have no such field. */
  agents: Type.Optional(Type.Array(Type.Object({ agentId: Type.String({ minLength: 1 }) }))),
});

/** A host that has a vulnerability, as listed by `GET /v2/vulnerabilities/{cve}/servers`. */
export const vulnerableServerSchema = Type.Object({ agentId: Type.String({ minLength: 1 }) });

/** Something that Threat Stack detected, as listed by `GET /v2/alerts`. */
export const alertSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  title: optionalText,
  dataSource: optionalText,
  createdAt: optionalText,
  isDismissed: optionalFlag,
  dismissedAt: optionalText,
  dismissReason: optionalText,
  dismissReasonText: optionalText,
  dismissedBy: optionalText,
  /** 1 is the highest, 3 the lowest. */
  severity: Type.Optional(Type.Integer()),
  agentId: optionalText,
  ruleId: optionalText,
  rulesetId: optionalText,
  aggregates: Type.Optional(Type.Array(Type.Object({ fieldName: Type.String() }))),
});

/** An EC2 instance that Threat Stack knows through its AWS profile, as listed by `GET /v2/aws/ec2`. */
export const ec2InstanceSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  instanceType: optionalText,
  privateDnsName: optionalText,
  privateIpAddress: optionalText,
  publicDnsName: optionalText,
  publicIpAddress: optionalText,
  subnetId: optionalText,
  vpcId: optionalText,
  region: optionalText,
  imageId: optionalText,
  launchTime: optionalText,
  awsProfile: optionalText,
  monitored: optionalFlag,
  state: optionalText,
  /** The number that AWS gives a state; 16 is running. */
  stateCode: Type.Optional(Type.Integer()),
  tags: Type.Optional(Type.Array(tag)),
});

export type AgentRecord = Static<typeof agentSchema>;
export type AgentTag = Static<typeof tag>;
export type VulnerabilityRecord = Static<typeof vulnerabilitySchema>;
export type VulnerableServerRecord = Static<typeof vulnerableServerSchema>;
export type AlertRecord = Static<typeof alertSchema>;
export type Ec2InstanceRecord = Static<typeof ec2InstanceSchema>;
