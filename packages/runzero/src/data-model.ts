import {
  RelationshipClass,
  RelationshipDirection,
  type StepMappedRelationshipMetadata,
} from '@jupiterone/integration-sdk-core';
import { entityTypes, relationshipType, Type } from '@vendor-graph/integration';

/*
 * Every type that this package writes to the graph, each declared once. Steps, documentation and tests read these
 * constants.
 */

// The product was called Rumble when its types were named; people's queries and alerts rely on the names.
const { createEntityType, createEntityMetadata } = entityTypes('rumble');

const text = Type.Optional(Type.String());
const flag = Type.Optional(Type.Boolean());
const count = Type.Optional(Type.Number());
/** Milliseconds since the epoch. */
const instant = Type.Optional(Type.Number());
const texts = Type.Optional(Type.Array(Type.String()));

/** The counters that organizations and sites have in common. */
const counters = {
  serviceCount: count,
  serviceCountTCP: count,
  serviceCountUDP: count,
  serviceCountARP: count,
  serviceCountICMP: count,
  assetCount: count,
  liveAssetCount: count,
  recentAssetCount: count,
  softwareCount: count,
  vulnerabilityCount: count,
};

/** The runZero account, one in each run. */
export const [ACCOUNT, createAccount] = createEntityMetadata({
  resourceName: 'Account',
  _class: ['Account'],
  _type: createEntityType('account'),
  description: 'A runZero account.',
  schema: Type.Object({}),
});

/** A tenant of the account; up to three levels deep. */
export const [ORGANIZATION, createOrganization] = createEntityMetadata({
  resourceName: 'Organization',
  _class: ['Organization'],
  _type: createEntityType('organization'),
  description: 'An organization of a runZero account.',
  schema: Type.Object({
    clientId: text,
    parentId: text,
    createdAt: instant,
    updatedAt: instant,
    deactivatedAt: instant,
    demo: flag,
    project: flag,
    inactive: flag,
    ...counters,
    downloadTokenCreatedAt: instant,
    exportTokenCreatedAt: instant,
    exportTokenLastUsedAt: instant,
    exportTokenLastUsedBy: text,
    exportTokenCounter: count,
    hasExportToken: flag,
    expirationAssetsStale: count,
    expirationAssetsOffline: count,
    expirationScans: count,
    expirationWarningLastSent: instant,
  }),
});

/** A part of an organization's network that is scanned as one. */
export const [SITE, createSite] = createEntityMetadata({
  resourceName: 'Site',
  _class: ['Site'],
  _type: createEntityType('site'),
  description: 'A site: a network or location that runZero scans.',
  schema: Type.Object({
    clientId: text,
    organizationId: text,
    createdAt: instant,
    updatedAt: instant,
    deactivatedAt: instant,
    scope: text,
    excludes: text,
    inactive: flag,
    ...counters,
    assetAddressCount: count,
    assetAddressExtraCount: count,
    subnets: texts,
    lastTaskId: text,
    lastTaskAt: instant,
    lastTaskBy: text,
    lastTaskDuration: count,
  }),
});

/** Somebody who can log in to the console. */
export const [USER, createUser] = createEntityMetadata({
  resourceName: 'User',
  _class: ['User'],
  _type: createEntityType('user'),
  description: 'A user of the runZero console.',
  schema: Type.Object({
    admin: flag,
    superuser: flag,
    orgDefaultRole: text,
    resetTokenExpiration: instant,
    inviteTokenExpiration: instant,
    invitePending: flag,
    lastLoginAt: instant,
    lastLoginIP: text,
    lastLoginUa: text,
    lastActivityAt: instant,
    lastActionAt: instant,
    ssoOnly: flag,
    loginFailures: count,
    actions: count,
  }),
});

/** A device on the network. */
export const [ASSET, createAsset] = createEntityMetadata({
  resourceName: 'Asset',
  _class: ['Device'],
  _type: createEntityType('asset'),
  description: 'A device that runZero has found on the network.',
  schema: Type.Object({
    type: text,
    macAddress: Type.Union([Type.Array(Type.String()), Type.Null()]),
    firstSeen: instant,
    lastSeen: instant,
    createdAt: instant,
    updatedAt: instant,
    hardware: text,
    osVendor: text,
    alive: flag,
    scanned: flag,
    detectedBy: text,
    serviceCount: count,
    softwareCount: count,
    vulnerabilityCount: count,
    findingCount: count,
    lastAgentId: text,
    lastTaskId: text,
    newestMacAddress: text,
    newestMacVendor: text,
    orgName: text,
    siteName: text,
    organizationId: text,
    siteId: text,
    osEolOn: instant,
    osExtendedEolOn: instant,
    osEolExpired: flag,
    osExtendedEolExpired: flag,
    riskLevel: text,
    riskRank: count,
    servicePortsTcp: texts,
    servicePortsUdp: texts,
    serviceProtocols: texts,
    serviceProducts: texts,
    sources: texts,
  }),
});

/** What an asset answers on one port. Ingestion source of its own, off by default. */
export const [SERVICE, createService] = createEntityMetadata({
  resourceName: 'Service',
  _class: ['NetworkEndpoint'],
  _type: createEntityType('service'),
  description: 'A network service that an asset offers.',
  schema: Type.Object({
    port: count,
    transport: text,
    virtualHost: text,
    protocols: texts,
    hasScreenshot: flag,
    assetId: text,
    organizationId: text,
  }),
});

/** A weakness of one asset. Ingestion source of its own, off by default. */
export const [VULNERABILITY, createVulnerability] = createEntityMetadata({
  resourceName: 'Vulnerability',
  _class: ['Finding'],
  _type: createEntityType('vulnerability'),
  description: 'A vulnerability that runZero has found on an asset.',
  schema: Type.Object({
    id: text,
    vulnerabilityId: text,
    cve: text,
    riskLevel: text,
    riskScore: count,
    cvss2BaseScore: count,
    cvss2TemporalScore: count,
    cvss3BaseScore: count,
    cvss3TemporalScore: count,
    cpe23: text,
    serviceAddress: text,
    serviceTransport: text,
    servicePort: count,
    publishedOn: instant,
    firstDetectedOn: instant,
    lastDetectedOn: instant,
    assetId: text,
    organizationId: text,
  }),
});

/** A program in one version, shared by the assets that have it. Ingestion source of its own, off by default. */
export const [SOFTWARE, createSoftware] = createEntityMetadata({
  resourceName: 'Software',
  _class: ['Application'],
  _type: createEntityType('software'),
  description: 'A program in one version, installed on one asset or more.',
  schema: Type.Object({
    vendor: text,
    product: text,
    version: text,
  }),
});

/** A wireless network in reach of a site. Ingestion source of its own, off by default. */
export const [WIRELESS_NETWORK, createWirelessNetwork] = createEntityMetadata({
  resourceName: 'Wireless network',
  _class: ['Network'],
  _type: createEntityType('wireless_network'),
  description: 'A wireless network that a runZero explorer can see.',
  schema: Type.Object({
    essid: text,
    bssid: text,
    type: text,
    authentication: text,
    encryption: text,
    signal: count,
    interface: text,
    vendor: text,
    family: text,
    lastSeenOn: instant,
    organizationId: text,
    siteId: text,
    orgName: text,
    siteName: text,
    agentName: text,
  }),
});

export const ACCOUNT_HAS_ORGANIZATION = relationshipType(ACCOUNT, RelationshipClass.HAS, ORGANIZATION);
export const ACCOUNT_HAS_SITE = relationshipType(ACCOUNT, RelationshipClass.HAS, SITE);
export const ACCOUNT_HAS_USER = relationshipType(ACCOUNT, RelationshipClass.HAS, USER);
export const ORGANIZATION_HAS_SITE = relationshipType(ORGANIZATION, RelationshipClass.HAS, SITE);
export const SITE_HAS_ASSET = relationshipType(SITE, RelationshipClass.HAS, ASSET);

/** Carries `assignedRole`, `effectiveRole` and `roleSource`. */
export const USER_ASSIGNED_ORGANIZATION = relationshipType(USER, RelationshipClass.ASSIGNED, ORGANIZATION);
export const ASSET_HAS_SERVICE = relationshipType(ASSET, RelationshipClass.HAS, SERVICE);
export const ASSET_HAS_VULNERABILITY = relationshipType(ASSET, RelationshipClass.HAS, VULNERABILITY);

/** To the CVE entity that all integrations share. */
export const VULNERABILITY_IS_CVE = {
  _type: 'rumble_vulnerability_is_cve',
  _class: RelationshipClass.IS,
  sourceType: VULNERABILITY._type,
  targetType: 'cve',
  direction: RelationshipDirection.FORWARD,
} as const satisfies StepMappedRelationshipMetadata;

export const ASSET_HAS_SOFTWARE = relationshipType(ASSET, RelationshipClass.HAS, SOFTWARE);
export const SITE_HAS_WIRELESS_NETWORK = relationshipType(SITE, RelationshipClass.HAS, WIRELESS_NETWORK);
