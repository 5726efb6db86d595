import { Random } from '../kit/random.js';
import type { AquasecSimulatorOptions } from './definition.js';

export const ACCOUNT_ID = 10_630;
/** Named by a user and by an API key, listed nowhere: the vendor does so too. */
const UNLISTED_GROUP = { id: 99_999, name: 'archived', created: '2020-01-01T00:00:00.000Z' };
const FIRST_USER = 501;

type Json = Record<string, unknown>;

/** Everything that the simulated account holds, each list ascending by id as the vendor's are. */
export interface AccountData {
  readonly account: Json;
  readonly groups: readonly Json[];
  readonly users: readonly Json[];
  readonly apiKeys: readonly Json[];
  readonly cloudAccounts: readonly Json[];
}

/** The same data for the same options and seed; record n does not depend on how many there are. */
export function accountData(options: Readonly<AquasecSimulatorOptions>, seed: number): AccountData {
  const random = new Random(`aquasec/${seed}`);
  const newer = options.generation === 'new';
  const groups = list(options.groups, (index) => group(random, index));
  return {
    account: account(options.generation),
    groups,
    users: list(options.users, (index) => user(random, index, groups, newer)),
    apiKeys: list(options.apiKeys, (index) => apiKey(random, index, options.groups, newer)),
    cloudAccounts: list(options.cloudAccounts, (index) => cloudAccount(random, index, groups)),
  };
}

/** A user who appears while a listing is being read. */
export function lateUser(id: number): Json {
  return userRecord(id, 'late.comer@example.com', true, '2026-01-01T00:00:00.000Z', []);
}

function list(count: number, make: (index: number) => Json): Json[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function account(generation: string): Json {
  return {
    id: ACCOUNT_ID,
    created: '2021-10-09T00:36:24.000Z',
    root_user: 'owner@example.com',
    source: generation === '2021' ? 'aquasec' : 'cloudsploit',
    current_plan: 57,
    trial_end: null,
    renewal_date: null,
    stripe_id: null,
    aws_marketplace_id: '',
    additional_credits: 0,
    num_allowed_keys: 1,
    custom_cost: null,
    suppressions_admin_only: false,
    global_suppressions_admin_only: false,
    users_admin_only: false,
    integrations_admin_only: true,
    enforce_oauth: false,
    login_timeout: null,
    just_in_time_domain: null,
    just_in_time_domain_secondary: null,
    disable_default_emails: false,
    block_default_group: false,
    presuppress_plugins: false,
    associate_tags: false,
    csp_enabled: true,
    byok_bucket: null,
    csp_metadata: null,
    restrict_to_ips: null,
    ...(generation !== '2021' && {
      metadata: null,
      just_in_time_domains: null,
      log_rocket_enabled: false,
      mttr_enabled: false,
      visual_enabled: false,
      tail_enabled: false,
      scan_scoring: 'basic',
    }),
  };
}

function group(random: Random, index: number): Json {
  const name = index === 0 ? 'Default' : `team-${random.fork('group', index).hex(4)}`;
  return { id: 12_022 + index, name, created: createdAt(index) };
}

function user(random: Random, index: number, groups: readonly Json[], newer: boolean): Json {
  const draw = random.fork('user', index);
  const id = FIRST_USER + index;
  const own = groups.length === 0 ? [] : draw.sample(groups, draw.integer(1, 2));
  // The first users hold what is odd at this vendor; the rest are ordinary.
  const oddity = USER_ODDITIES[index];
  const email = oddity !== undefined && 'email' in oddity ? oddity.email : `user.${id}@example.com`;
  const memberships = oddity?.memberships?.(groups) ?? own;
  const record = userRecord(id, email, oddity?.confirmed ?? draw.chance(0.9), createdAt(index), memberships);
  record['account_admin'] = draw.chance(0.1) || index === 0;
  record['send_scan_results'] = draw.chance(0.5) || index === 0;
  record['send_new_risks'] = draw.chance(0.5);
  if (newer) {
    record['updated'] = '2026-05-01T12:00:00.000Z';
    record['mfa_enabled'] = draw.chance(0.7);
    record['plan'] = 'enterprise';
    record['count_failed_signin'] = draw.integer(0, 3);
    record['last_signin_attempt'] = draw.chance(0.8) ? '2026-06-01T08:30:00.000Z' : null;
  }
  return record;
}

const USER_ODDITIES: readonly {
  readonly email?: string | null;
  readonly confirmed?: boolean;
  readonly memberships?: (groups: readonly Json[]) => readonly Json[];
}[] = [
  { confirmed: true, email: 'owner@example.com', memberships: (groups) => groups.slice(0, 1) },
  { memberships: () => [] },
  { memberships: ([first]) => (first === undefined ? [] : [first, first]) },
  { memberships: () => [UNLISTED_GROUP] },
  { confirmed: false },
  { email: 'ana.b+ops@example.com' },
  { email: 'Ana.UPPER@Example.COM' },
  { email: 'not-an-address' },
  { email: null },
];

function userRecord(
  id: number,
  email: string | null | undefined,
  confirmed: boolean,
  created: string,
  groups: readonly Json[],
): Json {
  return {
    dashboard: null,
    csp_roles: null,
    id,
    email,
    confirmed,
    password_reset: false,
    send_announcements: false,
    send_scan_results: false,
    send_new_plugins: false,
    send_new_risks: false,
    account_admin: false,
    created,
    provider: null,
    multiaccount: false,
    groups,
  };
}

function apiKey(random: Random, index: number, groupCount: number, newer: boolean): Json {
  const draw = random.fork('api key', index);
  const groupId = [null, 12_022, UNLISTED_GROUP.id][index % 3] ?? null;
  return {
    ip_addresses: index % 2 === 0 ? null : ['192.0.2.10', '198.51.100.7'],
    id: 901 + index,
    access_key: `AK${draw.hex(20).toUpperCase()}`,
    description: index % 2 === 0 ? null : `key ${index}`,
    whitelisted: false,
    scans_per_month: 0,
    created: createdAt(index),
    account_id: ACCOUNT_ID,
    group_id: groupCount === 0 ? null : groupId,
    iac_token: false,
    ...(newer && {
      enabled: draw.chance(0.9),
      open_access: false,
      roles: ['reader'],
      permission_ids: index % 2 === 0 ? [] : [1, 2],
      owner: FIRST_USER,
      updated: '2026-05-01T12:00:00.000Z',
      expiration: [30, 1_900_000_000, 1_900_000_000_000][index % 3],
    }),
  };
}

function cloudAccount(random: Random, index: number, groups: readonly Json[]): Json {
  const draw = random.fork('cloud account', index);
  const isAws = index % 3 !== 2;
  return {
    id: 7_001 + index,
    name: `account-${draw.hex(6)}`,
    cloud: isAws ? 'aws' : 'azure',
    role_arn: isAws ? `arn:aws:iam::${String(draw.integer(100_000_000_000, 999_999_999_999))}:role/aqua-cspm` : null,
    // A credential: it must never reach a graph.
    external_id: `external-id-${draw.hex(12)}`,
    group_id: groups.length === 0 ? null : draw.pick(groups)['id'],
    enabled_regions: ['us-east-1'],
    autoconnect: false,
  };
}

function createdAt(index: number): string {
  return new Date(Date.UTC(2021, 9, 9) + index * 60_000).toISOString();
}
