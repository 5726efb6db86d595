// The entities of what a runZero account lists: few, so that nothing in here takes time.
import type { PlainObject } from './plain-graph.js';
import { millis, text } from './runzero-values.js';

/** What organizations and sites have in common. */
interface Place {
  id: string;
  client_id: string;
  name: string;
  description?: string | null;
  created_at: number;
  updated_at: number;
  inactive: boolean;
  deactivated_at: number;
  service_count: number;
  service_count_tcp: number;
  service_count_udp: number;
  service_count_arp: number;
  service_count_icmp: number;
  asset_count: number;
  live_asset_count: number;
  recent_asset_count: number;
  software_count: number;
  vulnerability_count: number;
}

export interface Organization extends Place {
  parent_id: string;
  created_by: string;
  demo: boolean;
  project: boolean;
  download_token?: string;
  download_token_created_at: number;
  export_token?: string;
  export_token_created_at: number;
  export_token_last_used_at: number;
  export_token_last_used_by: string;
  export_token_counter: number;
  expiration_assets_stale: number;
  expiration_assets_offline: number;
  expiration_scans: number;
  expiration_warning_last_sent: number;
}

export interface Site extends Place {
  organization_id: string;
  scope?: string | null;
  excludes?: string | null;
  subnets: object;
  asset_address_count: number;
  asset_address_extra_count: number;
  last_task_id: string;
  last_task_at: number;
  last_task_by: string;
  last_task_duration: number;
}

export interface User {
  id: string;
  name?: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  created_at: number;
  updated_at: number;
  client_admin: boolean;
  org_default_role: string | null;
  /** Organization id to role. */
  org_roles: Record<string, string | undefined>;
  reset_token_expiration: number;
  invite_token_expiration: number;
  last_login_ip: string;
  last_login_at: number;
  last_login_ua: string;
  last_activity_at: number;
  last_action_at: number;
  sso_only: boolean;
  login_failures: number;
  actions: number;
  mfa_enabled: boolean;
}

/** Weakest first; a role that is not among them is just more than none. */
const RANKS: Readonly<Record<string, number>> = { none: 0, viewer: 2, annotator: 3, user: 4, admin: 5 };

export function accountOf(id: string, baseUrl: string): PlainObject {
  return {
    _key: id,
    _type: 'rumble_account',
    _class: ['Account'],
    id,
    name: 'Local Integration',
    displayName: 'Local Integration',
    vendor: 'runZero',
    accessURL: new URL(baseUrl).origin,
  };
}

export function organizationOf(organization: Organization, hasExportToken: boolean): PlainObject {
  return {
    ...placeOf(organization),
    _type: 'rumble_organization',
    _class: ['Organization'],
    description: text(organization.description),
    parentId: organization.parent_id,
    createdBy: organization.created_by,
    demo: organization.demo,
    project: organization.project,
    downloadTokenCreatedAt: millis(organization.download_token_created_at),
    exportTokenCreatedAt: millis(organization.export_token_created_at),
    exportTokenLastUsedAt: millis(organization.export_token_last_used_at),
    exportTokenLastUsedBy: organization.export_token_last_used_by,
    exportTokenCounter: organization.export_token_counter,
    hasExportToken,
    expirationAssetsStale: organization.expiration_assets_stale,
    expirationAssetsOffline: organization.expiration_assets_offline,
    expirationScans: organization.expiration_scans,
    expirationWarningLastSent: millis(organization.expiration_warning_last_sent),
    _rawData: raw({ ...organization, download_token: null, export_token: null }),
  };
}

export function siteOf(site: Site): PlainObject {
  return {
    ...placeOf(site),
    _type: 'rumble_site',
    _class: ['Site'],
    description: site.description ?? undefined,
    organizationId: site.organization_id,
    scope: site.scope ?? undefined,
    excludes: site.excludes ?? undefined,
    assetAddressCount: site.asset_address_count,
    assetAddressExtraCount: site.asset_address_extra_count,
    subnets: Object.keys(site.subnets),
    lastTaskId: site.last_task_id,
    lastTaskAt: millis(site.last_task_at),
    lastTaskBy: site.last_task_by,
    lastTaskDuration: site.last_task_duration,
    _rawData: raw(site),
  };
}

export function userOf(user: User): PlainObject {
  const firstName = text(user.first_name);
  const lastName = text(user.last_name);
  const login = text(user.email);
  const parts = login?.split('@') ?? [];
  const [local, domain] = parts.length === 2 ? parts : [];
  const name =
    text([firstName, lastName].filter((part) => part !== undefined).join(' ')) ?? user.name ?? login ?? user.id;
  const admin = user.client_admin || user.org_default_role === 'admin';
  const lastLoginAt = millis(user.last_login_at);
  const inviteTokenExpiration = millis(user.invite_token_expiration);
  return {
    _key: user.id,
    _type: 'rumble_user',
    _class: ['User'],
    id: user.id,
    name,
    displayName: name,
    firstName: firstName ?? null,
    lastName: lastName ?? null,
    username: listOf(login),
    email: local === undefined ? null : listOf(login),
    shortLoginId: listOf(local),
    emailDomain: listOf(domain),
    admin,
    isAdmin: admin,
    superuser: user.client_admin,
    orgDefaultRole: text(user.org_default_role),
    createdOn: millis(user.created_at),
    updatedOn: millis(user.updated_at),
    resetTokenExpiration: millis(user.reset_token_expiration),
    inviteTokenExpiration,
    invitePending: lastLoginAt === undefined && inviteTokenExpiration !== undefined,
    lastLoginAt,
    lastLoginIP: text(user.last_login_ip),
    lastLoginUa: text(user.last_login_ua),
    lastActivityAt: millis(user.last_activity_at),
    lastActionAt: millis(user.last_action_at),
    ssoOnly: user.sso_only,
    loginFailures: user.login_failures,
    actions: user.actions,
    isMfaEnabled: user.mfa_enabled,
    mfaEnabled: user.mfa_enabled,
    active: true,
    _rawData: raw(user),
  };
}

/** The relationship of a user to an organization, with the strongest role there; undefined when there is none. */
export function assignmentOf(
  user: User,
  organizationId: string,
  organizations: readonly Organization[],
): PlainObject | undefined {
  const explicit = user.org_roles[organizationId];
  let effectiveRole = 'none';
  let roleSource = '';
  const offer = (source: string, role: string | null | undefined): void => {
    if (rankOf(role) <= rankOf(effectiveRole)) return;
    effectiveRole = role ?? '';
    roleSource = source;
  };
  offer('superuser', user.client_admin ? 'admin' : undefined);
  offer('override', explicit);
  for (let ancestor = parentOf(organizationId, organizations); ancestor; ancestor = parentOf(ancestor, organizations))
    offer('inherited', user.org_roles[ancestor]);
  offer('default', user.org_default_role);
  if (roleSource === '') return undefined;
  return {
    _key: `${user.id}|assigned|${organizationId}`,
    _type: 'rumble_user_assigned_organization',
    _class: 'ASSIGNED',
    displayName: 'ASSIGNED',
    _fromEntityKey: user.id,
    _toEntityKey: organizationId,
    assignedRole: explicit ?? effectiveRole,
    effectiveRole,
    roleSource,
  };
}

function parentOf(id: string, organizations: readonly Organization[]): string | undefined {
  return organizations.find((organization) => organization.id === id)?.parent_id;
}

function rankOf(role: string | null | undefined): number {
  return text(role) === undefined ? 0 : (RANKS[role ?? ''] ?? 1);
}

function placeOf(place: Place) {
  const createdOn = millis(place.created_at);
  const updatedOn = millis(place.updated_at);
  return {
    _key: place.id,
    id: place.id,
    name: place.name,
    displayName: place.name,
    clientId: place.client_id,
    createdAt: createdOn,
    createdOn,
    updatedAt: updatedOn,
    updatedOn,
    deactivatedAt: millis(place.deactivated_at),
    inactive: place.inactive,
    active: !place.inactive,
    serviceCount: place.service_count,
    serviceCountTCP: place.service_count_tcp,
    serviceCountUDP: place.service_count_udp,
    serviceCountARP: place.service_count_arp,
    serviceCountICMP: place.service_count_icmp,
    assetCount: place.asset_count,
    liveAssetCount: place.live_asset_count,
    recentAssetCount: place.recent_asset_count,
    softwareCount: place.software_count,
    vulnerabilityCount: place.vulnerability_count,
  };
}

/** Without what is null. */
function raw(record: object): { name: string; rawData: object }[] {
  const known = Object.entries(record).filter(([, value]) => value !== null);
  return [{ name: 'default', rawData: Object.fromEntries(known) }];
}

function listOf(item: string | undefined): string[] | null {
  return item === undefined ? null : [item];
}
