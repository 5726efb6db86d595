import { Random } from '../kit/random.js';
import { token } from './credentials.js';
import type { RunZeroOptions } from './definition.js';

/** "None", where runZero has an id field. */
export const ZERO_ID = '00000000-0000-0000-0000-000000000000';
/** All generated data is of this time, so that two runs are equal; Unix seconds. */
export const DATA_TIME = 1_700_000_000;
const DAY = 86_400;

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  readonly demo: boolean;
  readonly inactive: boolean;
  readonly assets: number;
  readonly sites: readonly Site[];
  readonly organizationKey: string;
  /** Undefined: nobody has made one. */
  readonly exportToken: string | undefined;
  readonly downloadToken: string;
}

/** The simulated account: small, held in memory; the assets are not. */
export interface Tenancy {
  readonly clientId: string;
  readonly organizations: readonly Organization[];
  readonly users: readonly object[];
}

/** The first organizations, each odd in a way of its own; more are plain. `parent` is an index. */
const ORGANIZATIONS: readonly {
  name: string;
  parent?: number;
  token?: false;
  demo?: true;
  inactive?: true;
  empty?: true;
}[] = [
  { name: 'Example Org' },
  { name: 'Labs without token', parent: 0, token: false },
  { name: 'Demo Organization', demo: true },
  { name: 'Retired Branch', inactive: true, empty: true },
  { name: 'Nothing scanned yet', parent: 0, empty: true },
  { name: 'Zürich – Büro', parent: 1 },
];

const SITE_NAMES = ['Primary', 'Corporate', 'Building', 'Warehouse', 'Übersee'];

/** Makes the account of a seed. */
export function tenancy(options: RunZeroOptions, seed: number): Tenancy {
  const random = new Random(seed).fork('tenancy');
  const clientId = random.fork('client').uuid();
  const ids = Array.from({ length: options.organizations }, (_, index) => random.fork('organization', index).uuid());
  const organizations = ids.map((id, index): Organization => {
    const own = random.fork('organization', index, 'data');
    const {
      name,
      parent,
      token: hasToken,
      demo,
      inactive,
      empty,
    } = ORGANIZATIONS[index] ?? {
      name: `Organization ${index + 1}`,
    };
    return {
      id,
      name,
      parentId: (parent === undefined ? undefined : ids[parent]) ?? ZERO_ID,
      demo: demo ?? false,
      inactive: inactive ?? false,
      assets: empty ? 0 : options.assets,
      sites: sites(id, options.sites, own),
      organizationKey: token('OT', own),
      exportToken: hasToken === false ? undefined : token('ET', own),
      downloadToken: token('DT', own),
    };
  });
  return { clientId, organizations, users: users(options.users, clientId, ids, random.fork('users')) };
}

function sites(organizationId: string, count: number, random: Random): Site[] {
  return Array.from({ length: count }, (_, index) => ({
    id: random.fork('site', index).uuid(),
    name: SITE_NAMES[index] ?? `Site ${index + 1}`,
    organizationId,
  }));
}

/** An organization as `GET /account/orgs` lists it. */
export function organizationRecord(
  organization: Organization,
  { clientId, console }: { clientId: string; console: string },
): object {
  const { id, name, parentId, demo, inactive, assets, exportToken, downloadToken } = organization;
  const created = DATA_TIME - 400 * DAY;
  // From 2024 on an organization has several tokens, listed by another route; these fields are empty.
  const token2022 = console === '2022' ? exportToken : undefined;
  return {
    id,
    created_at: created,
    created_by: demo ? '' : 'first.last@example.com',
    updated_at: DATA_TIME - DAY,
    client_id: clientId,
    download_token: downloadToken,
    download_token_created_at: created + 60,
    demo,
    project: false,
    parent_id: parentId,
    name,
    description: demo ? 'Sample data of the test lab.' : name.length % 2 === 0 ? '' : null,
    inactive,
    deactivated_at: inactive ? DATA_TIME - 30 * DAY : 0,
    ...counters(assets),
    export_token: token2022 ?? '',
    export_token_created_at: token2022 === undefined ? 0 : created + 120,
    export_token_last_used_at: token2022 === undefined ? 0 : DATA_TIME - 3_600,
    export_token_last_used_by: token2022 === undefined ? '' : '192.0.2.10',
    export_token_counter: token2022 === undefined ? 0 : 17,
    expiration_assets_stale: 5,
    expiration_assets_offline: 5,
    expiration_scans: 365,
    expiration_warning_last_sent: 0,
    ...(console === '2022' ? {} : { expiration_vulnerabilities: 0, keep_latest_integration_attributes: true }),
  };
}

/** A site as `GET /account/sites` and `GET /export/org/sites.json` list it. */
export function siteRecord(site: Site, index: number, organization: Organization, clientId: string): object {
  const tasks = new Random(site.id);
  const scanned = index % 3 !== 2;
  return {
    id: site.id,
    created_at: DATA_TIME - 300 * DAY,
    updated_at: DATA_TIME - 2 * DAY,
    client_id: clientId,
    organization_id: site.organizationId,
    name: site.name,
    description: index % 2 === 0 ? null : 'Ground floor',
    scope: index % 2 === 0 ? null : '192.168.0.0/16',
    excludes: index % 2 === 0 ? null : '',
    inactive: false,
    deactivated_at: 0,
    ...counters(assetsAtSite(organization, index)),
    subnets: index === 0 ? { '192.0.2.0/24': { description: 'Test subnet' } } : {},
    asset_address_count: assetsAtSite(organization, index),
    asset_address_extra_count: 0,
    last_task_id: scanned ? tasks.uuid() : ZERO_ID,
    last_task_at: scanned ? DATA_TIME - DAY : 0,
    last_task_by: scanned ? 'first.last@example.com' : '',
    last_task_duration: scanned ? 300 : 0,
  };
}

/** How many of an organization's assets stand at its n-th site: they are dealt out in turn. */
function assetsAtSite(organization: Organization, index: number): number {
  const sites = Math.max(organization.sites.length, 1);
  return Math.floor(organization.assets / sites) + (index < organization.assets % sites ? 1 : 0);
}

function counters(assets: number): object {
  return {
    service_count: assets * 7,
    service_count_tcp: assets * 4,
    service_count_udp: assets,
    service_count_arp: assets,
    service_count_icmp: assets,
    asset_count: assets,
    live_asset_count: assets - Math.floor(assets / 10),
    recent_asset_count: 0,
    software_count: assets,
    vulnerability_count: assets,
  };
}

/** Every combination of roles that occurs; an override names an organization by its index. */
const USERS: readonly {
  admin?: true;
  defaultRole: string | null;
  overrides?: readonly [role: string, organization: number][];
  names?: readonly [first: string | null, last: string | null, full?: string];
  email?: string | null;
  invited?: true;
}[] = [
  { admin: true, defaultRole: '' },
  { admin: true, defaultRole: 'admin' },
  {
    defaultRole: 'admin',
    overrides: [
      ['viewer', 0],
      ['none', 1],
    ],
  },
  {
    defaultRole: 'none',
    overrides: [
      ['user', 0],
      ['annotator', 2],
    ],
  },
  { defaultRole: 'user', overrides: [['user', 0]] },
  { defaultRole: 'viewer', invited: true, names: ['', ''] },
  { defaultRole: null, overrides: [['viewer', 0]], names: [null, null, 'Only Full-Name'] },
  { defaultRole: 'none' },
  { defaultRole: '', names: ['Mono', ''] },
  { defaultRole: 'billing', names: ['', 'Nym'] },
  { defaultRole: 'none', overrides: [['auditor', 1]], email: 'not an address' },
  { defaultRole: 'annotator', overrides: [['admin', 99]], names: [null, null], email: null },
];

function users(count: number, clientId: string, organizationIds: readonly string[], random: Random): object[] {
  return Array.from({ length: count }, (_, index) => {
    const {
      admin,
      defaultRole,
      overrides = [],
      names = [`First${index}`, `Last${index}`],
      email,
      invited,
    } = USERS[index] ?? { defaultRole: 'user' };
    const own = random.fork(index);
    const [first, last, full] = names;
    return {
      id: own.uuid(),
      created_at: DATA_TIME - 200 * DAY,
      updated_at: DATA_TIME - 10 * DAY,
      client_id: clientId,
      ...(full === undefined ? {} : { name: full }),
      first_name: first,
      last_name: last,
      email: email === undefined ? `user${index}@example.com` : email,
      client_admin: admin ?? false,
      org_default_role: defaultRole,
      org_roles: Object.fromEntries(
        // A role in an organization that is gone stays behind.
        overrides.map(([role, organization]) => [organizationIds[organization] ?? own.fork('gone').uuid(), role]),
      ),
      reset_token_expiration: 0,
      invite_token_expiration: invited ? DATA_TIME + 7 * DAY : 0,
      last_login_ip: invited ? '' : '198.51.100.23',
      last_login_at: invited ? 0 : DATA_TIME - 2 * DAY,
      last_login_ua: invited ? '' : 'Mozilla/5.0 (X11; Linux x86_64)',
      last_activity_at: invited ? 0 : DATA_TIME - DAY,
      last_action_at: invited ? 0 : DATA_TIME - DAY,
      sso_only: index % 4 === 3,
      login_failures: index % 3,
      actions: invited ? 0 : 100_000 + index,
      sso_group_mappings: [],
      mfa_enabled: index % 2 === 0,
    };
  });
}
