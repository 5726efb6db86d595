// The least that any program must do to turn Aqua's lists into the same objects, at the rate that our client keeps to. It is
// made for what the simulator sends.
import { signedKeyAuth } from '@vendor-graph/http';
import { PlainGraph, type PlainObject } from './plain-graph.js';
import { signedGet } from './signed-get.js';

const PAGE = 100;
const REQUESTS_PER_SECOND = 10;
const AT_ONCE = 4;

interface Row {
  id: number;
  created: string | null;
}

interface Group extends Row {
  name: string;
}

interface User extends Row {
  email: string | null;
  confirmed: boolean;
  password_reset: boolean;
  send_announcements: boolean;
  send_scan_results: boolean;
  send_new_plugins: boolean;
  send_new_risks: boolean;
  account_admin: boolean;
  multiaccount: boolean;
  mfa_enabled: boolean | null;
  provider: string | null;
  csp_roles: string[] | null;
  count_failed_signin: number | null;
  last_signin_attempt: string | null;
  updated: string | null;
  groups: Group[] | null;
}

interface ApiKey extends Row {
  access_key: string;
  description: string | null;
  whitelisted: boolean;
  scans_per_month: number;
  account_id: number;
  group_id: number | null;
  iac_token: boolean;
  ip_addresses: string[] | null;
  updated: string | null;
  enabled: boolean;
  open_access: boolean;
  roles: string[] | null;
  permission_ids: number[] | null;
  owner: number | null;
  expiration: number | null;
}

const graph = new PlainGraph();
const account = process.env['AQUASEC_ACCOUNT_ID'] ?? '';
const get = signedGet(
  process.env['AQUASEC_API_BASE_URL'] ?? '',
  signedKeyAuth({ apiKey: process.env['AQUASEC_API_KEY'] ?? '', apiSecret: process.env['AQUASEC_API_SECRET'] ?? '' }),
  AT_ONCE,
);
const started: number[] = [];
const groups = new Set<number>();
const allGroups = list<Group>('/v2/groups?', 'group', groupOf, ({ id }) => groups.add(id));
await Promise.all([
  allGroups,
  list<User>('/v2/users?expand=group&', 'user', userOf, async (user) => {
    await allGroups;
    for (const id of new Set(user.groups?.map((group) => group.id)))
      if (groups.has(id)) await graph.has('aquasec_group_has_user', `aquasec_group:${id}`, `aquasec_user:${user.id}`);
  }),
  list<ApiKey>('/v2/apikeys?', 'api_key', apiKeyOf),
]);
await graph.end();

async function list<R extends Row>(
  path: string,
  what: string,
  entityOf: (row: R, key: string) => PlainObject,
  andThen?: (row: R) => unknown,
): Promise<void> {
  for (let offset = 0; ;) {
    await turn();
    const { data } = (await get(`${path}limit=${PAGE}${offset > 0 ? `&offset=${offset}` : ''}`)) as { data: R[] };
    for (const row of data) {
      const key = `aquasec_${what}:${row.id}`;
      await graph.entity(entityOf(row, key));
      await graph.has(`aquasec_account_has_${what}`, `aquasec_account:${account}`, key);
      await andThen?.(row);
    }
    offset += data.length;
    if (data.length === 0) return;
  }
}

function groupOf(group: Group, _key: string): PlainObject {
  return {
    _key,
    id: String(group.id),
    name: group.name,
    displayName: group.name,
    createdOn: millis(group.created),
    _class: ['Group'],
    _type: 'aquasec_group',
    _rawData: raw(group),
  };
}

function userOf(user: User, _key: string): PlainObject {
  const { email } = user;
  const name = email ?? `user ${user.id}`;
  const [local = null, domain] = email?.split('@') ?? [];
  return {
    _key,
    id: String(user.id),
    name,
    displayName: name,
    username: email === null ? null : [email],
    email: domain === undefined ? null : [email],
    shortLoginId: local === null ? null : [local],
    emailDomain: domain === undefined ? undefined : [domain.toLowerCase()],
    firstName: null,
    lastName: null,
    admin: user.account_admin,
    isAdmin: user.account_admin,
    confirmed: user.confirmed,
    active: user.confirmed,
    isActive: user.confirmed,
    passwordReset: user.password_reset,
    sendAnnouncements: user.send_announcements,
    sendScanResults: user.send_scan_results,
    sendNewPlugins: user.send_new_plugins,
    sendNewRisks: user.send_new_risks,
    multiaccount: user.multiaccount,
    createdOn: millis(user.created),
    updatedOn: millis(user.updated),
    provider: user.provider ?? undefined,
    cspRoles: user.csp_roles ?? undefined,
    isMfaEnabled: user.mfa_enabled ?? undefined,
    lastSigninAttemptOn: millis(user.last_signin_attempt),
    failedSigninCount: user.count_failed_signin ?? undefined,
    _class: ['User'],
    _type: 'aquasec_user',
    _rawData: raw({
      id: user.id,
      email: email ?? undefined,
      confirmed: user.confirmed,
      password_reset: user.password_reset,
      account_admin: user.account_admin,
      send_announcements: user.send_announcements,
      send_scan_results: user.send_scan_results,
      send_new_plugins: user.send_new_plugins,
      send_new_risks: user.send_new_risks,
      multiaccount: user.multiaccount,
      created: user.created ?? undefined,
      updated: user.updated ?? undefined,
      provider: user.provider ?? undefined,
      csp_roles: user.csp_roles ?? undefined,
      mfa_enabled: user.mfa_enabled ?? undefined,
      count_failed_signin: user.count_failed_signin ?? undefined,
      last_signin_attempt: user.last_signin_attempt ?? undefined,
      groups: user.groups ?? undefined,
    }),
  };
}

function apiKeyOf(key: ApiKey, _key: string): PlainObject {
  return {
    _key,
    id: String(key.id),
    name: key.access_key,
    displayName: key.access_key,
    description: key.description ?? undefined,
    usage: 'api',
    whitelisted: key.whitelisted,
    scansPerMonth: key.scans_per_month,
    accountId: key.account_id,
    groupId: key.group_id ?? undefined,
    iacToken: key.iac_token,
    ipAddresses: key.ip_addresses ?? undefined,
    createdOn: millis(key.created),
    updatedOn: millis(key.updated),
    active: key.enabled,
    openAccess: key.open_access,
    roles: key.roles ?? undefined,
    permissionIds: key.permission_ids ?? undefined,
    owner: key.owner === null ? undefined : String(key.owner),
    expiration: key.expiration ?? undefined,
    expiresOn: expiryMillis(key.expiration),
    _class: ['AccessKey'],
    _type: 'aquasec_api_key',
    _rawData: raw({
      id: key.id,
      access_key: key.access_key,
      description: key.description ?? undefined,
      whitelisted: key.whitelisted,
      scans_per_month: key.scans_per_month,
      created: key.created ?? undefined,
      updated: key.updated ?? undefined,
      account_id: key.account_id,
      group_id: key.group_id ?? undefined,
      iac_token: key.iac_token,
      ip_addresses: key.ip_addresses ?? undefined,
      enabled: key.enabled,
      open_access: key.open_access,
      roles: key.roles ?? undefined,
      permission_ids: key.permission_ids ?? undefined,
      owner: key.owner ?? undefined,
      expiration: key.expiration ?? undefined,
    }),
  };
}

function expiryMillis(expiration: number | null): number | undefined {
  if (expiration === null || expiration < 1e9) return undefined;
  return expiration < 1e11 ? expiration * 1_000 : expiration;
}

function millis(time: string | null): number | undefined {
  return time === null ? undefined : Date.parse(time);
}

function raw(record: object): { name: string; rawData: object }[] {
  return [{ name: 'default', rawData: record }];
}

/** Waits until fewer requests than the limit were started within the last second. */
async function turn(): Promise<void> {
  for (;;) {
    const now = performance.now();
    const earlier = started[started.length - REQUESTS_PER_SECOND];
    if (earlier === undefined || now - earlier >= 1_000) {
      started.push(now);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000 - (now - earlier)));
  }
}
