// The least that any program must do to turn Aqua's lists into the same objects, at the rate that our client keeps to.
import { signedKeyAuth } from '@vendor-graph/http';
import { PlainGraph, type PlainEntity } from './plain-graph.js';
import { signedGet } from './signed-get.js';

const PAGE = 100;
const REQUESTS_PER_SECOND = 10;
const AT_ONCE = 4;

interface Row {
  id: number;
  created?: string;
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
  mfa_enabled: boolean;
  count_failed_signin: number;
  last_signin_attempt?: string;
  updated?: string;
  groups?: { id: number }[];
}

interface ApiKey extends Row {
  access_key: string;
  description?: string;
  whitelisted: boolean;
  scans_per_month: number;
  account_id: number;
  group_id: number;
  iac_token: boolean;
  ip_addresses?: string[];
  updated?: string;
  enabled: boolean;
  open_access: boolean;
  roles?: string[];
  permission_ids?: number[];
  owner?: number;
  expiration?: number;
}

const graph = new PlainGraph();
const account = process.env['AQUASEC_ACCOUNT_ID'] ?? '';
const get = signedGet(
  process.env['AQUASEC_API_BASE_URL'] ?? '',
  signedKeyAuth({ apiKey: process.env['AQUASEC_API_KEY'] ?? '', apiSecret: process.env['AQUASEC_API_SECRET'] ?? '' }),
  AT_ONCE,
);
const started: number[] = [];
await Promise.all([
  list<Group>('/v2/groups?', 'group', groupOf),
  list<User>('/v2/users?expand=group&', 'user', userOf, (user) =>
    Promise.all(
      (user.groups ?? []).map((group) =>
        graph.relationship('aquasec_group_has_user', `aquasec_group:${group.id}`, `aquasec_user:${user.id}`),
      ),
    ),
  ),
  list<ApiKey>('/v2/apikeys?', 'api_key', apiKeyOf),
]);
await graph.end();

async function list<R extends Row>(
  path: string,
  what: string,
  entityOf: (row: R, key: string) => PlainEntity,
  andThen?: (row: R) => Promise<unknown>,
): Promise<void> {
  for (let offset = 0; ;) {
    await turn();
    const { data } = (await get(`${path}limit=${PAGE}${offset > 0 ? `&offset=${offset}` : ''}`)) as { data: R[] };
    for (const row of data) {
      const key = `aquasec_${what}:${row.id}`;
      await graph.made(entityOf(row, key));
      await graph.relationship(`aquasec_account_has_${what}`, `aquasec_account:${account}`, key);
      await andThen?.(row);
    }
    offset += data.length;
    if (data.length === 0) return;
  }
}

function groupOf(group: Group, _key: string): PlainEntity {
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

function userOf(user: User, _key: string): PlainEntity {
  const { email } = user;
  const at = email?.lastIndexOf('@');
  const name = email ?? `user ${user.id}`;
  return {
    _key,
    id: String(user.id),
    name,
    displayName: name,
    username: [email],
    email: [email],
    shortLoginId: [email?.slice(0, at)],
    emailDomain: [email?.slice((at ?? 0) + 1).toLowerCase()],
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
    isMfaEnabled: user.mfa_enabled,
    lastSigninAttemptOn: millis(user.last_signin_attempt),
    failedSigninCount: user.count_failed_signin,
    _class: ['User'],
    _type: 'aquasec_user',
    _rawData: raw(user),
  };
}

function apiKeyOf(key: ApiKey, _key: string): PlainEntity {
  return {
    _key,
    id: String(key.id),
    name: key.access_key,
    displayName: key.access_key,
    description: key.description,
    usage: 'api',
    whitelisted: key.whitelisted,
    scansPerMonth: key.scans_per_month,
    accountId: key.account_id,
    groupId: key.group_id,
    iacToken: key.iac_token,
    ipAddresses: key.ip_addresses,
    createdOn: millis(key.created),
    updatedOn: millis(key.updated),
    active: key.enabled,
    openAccess: key.open_access,
    roles: key.roles,
    permissionIds: key.permission_ids,
    owner: String(key.owner),
    expiration: key.expiration,
    _class: ['AccessKey'],
    _type: 'aquasec_api_key',
    _rawData: raw(key),
  };
}

function millis(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
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
