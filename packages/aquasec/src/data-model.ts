import { RelationshipClass } from '@jupiterone/integration-sdk-core';
import { entityTypes, relationshipType, Type } from '@vendor-graph/integration';

/*
 * Every type that this package writes to the graph, each declared once. Steps, documentation and tests read these constants.
 */

const { createEntityType, createEntityMetadata } = entityTypes('aquasec');

const text = Type.Optional(Type.String());
const number = Type.Optional(Type.Number());
const flag = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
/** Milliseconds since the epoch. */
const instant = Type.Optional(Type.Number());

/** The customer's account. */
export const [ACCOUNT, createAccount] = createEntityMetadata({
  resourceName: 'Account',
  _class: ['Account'],
  _type: createEntityType('account'),
  description: 'An Aqua account.',
  schema: Type.Object({
    manager: text,
    rootUser: text,
    trialEnd: instant,
    renewalDate: instant,
    stripeId: text,
    awsMarketplaceId: text,
    currentPlan: number,
    additionalCredits: number,
    numAllowedKeys: number,
    suppressionsAdminOnly: flag,
    globalSuppressionsAdminOnly: flag,
    usersAdminOnly: flag,
    integrationsAdminOnly: flag,
    source: text,
    enforceOauth: flag,
    disableDefaultEmails: flag,
    blockDefaultGroup: flag,
    presuppressPlugins: flag,
    associateTags: flag,
    cspEnabled: flag,
    scanScoring: text,
    loginTimeout: number,
    restrictToIps: texts,
  }),
});

/** A credential for the API; only its public identifier. */
export const [API_KEY, createApiKey] = createEntityMetadata({
  resourceName: 'API Key',
  _class: ['AccessKey'],
  _type: createEntityType('api_key'),
  description: 'An Aqua API key, without its secret.',
  schema: Type.Object({
    whitelisted: flag,
    scansPerMonth: number,
    accountId: number,
    groupId: number,
    iacToken: flag,
    ipAddresses: texts,
    openAccess: flag,
    roles: texts,
    permissionIds: Type.Optional(Type.Array(Type.Number())),
    expiration: number,
  }),
});

/** A group of users and cloud accounts. */
export const [GROUP, createGroup] = createEntityMetadata({
  resourceName: 'Group',
  _class: ['Group'],
  _type: createEntityType('group'),
  description: 'An Aqua group.',
  schema: Type.Object({}),
});

/** Somebody who may sign in. */
export const [USER, createUser] = createEntityMetadata({
  resourceName: 'User',
  _class: ['User'],
  _type: createEntityType('user'),
  description: 'An Aqua user.',
  schema: Type.Object({
    admin: flag,
    confirmed: flag,
    passwordReset: flag,
    sendAnnouncements: flag,
    sendScanResults: flag,
    sendNewPlugins: flag,
    sendNewRisks: flag,
    multiaccount: flag,
    provider: text,
    cspRoles: texts,
    lastSigninAttemptOn: instant,
    failedSigninCount: number,
  }),
});

/** A cloud account that Aqua scans (optional ingestion source). */
export const [CLOUD_ACCOUNT, createCloudAccount] = createEntityMetadata({
  resourceName: 'Cloud Account',
  _class: ['Account'],
  _type: createEntityType('cloud_account'),
  description: 'A cloud account that is connected to Aqua.',
  schema: Type.Object({
    cloud: text,
    roleArn: text,
    awsAccountId: text,
    groupId: number,
    enabledRegions: texts,
    autoconnect: flag,
  }),
});

export const ACCOUNT_HAS_API_KEY = relationshipType(ACCOUNT, RelationshipClass.HAS, API_KEY);
export const ACCOUNT_HAS_GROUP = relationshipType(ACCOUNT, RelationshipClass.HAS, GROUP);
export const ACCOUNT_HAS_USER = relationshipType(ACCOUNT, RelationshipClass.HAS, USER);
export const GROUP_HAS_USER = relationshipType(GROUP, RelationshipClass.HAS, USER);
export const ACCOUNT_HAS_CLOUD_ACCOUNT = relationshipType(ACCOUNT, RelationshipClass.HAS, CLOUD_ACCOUNT);
export const GROUP_HAS_CLOUD_ACCOUNT = relationshipType(GROUP, RelationshipClass.HAS, CLOUD_ACCOUNT);
