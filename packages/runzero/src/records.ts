import { Type, type Static } from '@vendor-graph/integration';

/*
 * One schema a record. It says three things at once: what a record must have to be of use (the required fields), what
 * the raw data of an entity may hold (nothing but these fields), and the type that converters work with. runZero sends
 * null, an empty string or nothing at all where it knows nothing, and adds fields over time; among those that it has or
 * may add are secrets, so a field is named here or it does not exist for us.
 *
 * Times are Unix times in seconds, 0 for "never". The field names are those of https://github.com/runZeroInc/runzero-api.
 */

const text = Type.Optional(Type.String());
const number = Type.Optional(Type.Number());
const flag = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
const textMap = Type.Optional(Type.Record(Type.String(), Type.String()));
/** An id that an entity's key is made of: JupiterOne wants ten characters at least, runZero's are UUIDs. */
const id = Type.String({ minLength: 10 });

const counters = {
  service_count: number,
  service_count_tcp: number,
  service_count_udp: number,
  service_count_arp: number,
  service_count_icmp: number,
  asset_count: number,
  live_asset_count: number,
  recent_asset_count: number,
  software_count: number,
  vulnerability_count: number,
};

/** `GET /account/orgs`; without the two tokens that are in the answer. */
export const organizationSchema = Type.Object({
  id,
  client_id: id,
  name: text,
  description: text,
  created_at: number,
  updated_at: number,
  created_by: text,
  demo: flag,
  project: flag,
  parent_id: text,
  inactive: flag,
  deactivated_at: number,
  ...counters,
  download_token_created_at: number,
  export_token_created_at: number,
  export_token_last_used_at: number,
  export_token_last_used_by: text,
  export_token_counter: number,
  expiration_assets_stale: number,
  expiration_assets_offline: number,
  expiration_scans: number,
  expiration_warning_last_sent: number,
  expiration_integration_attributes: number,
  expiration_vulnerabilities: number,
  keep_latest_integration_attributes: flag,
});

/** `GET /account/sites` and `GET /export/org/sites.json`. */
export const siteSchema = Type.Object({
  id,
  client_id: text,
  organization_id: text,
  name: text,
  description: text,
  scope: text,
  excludes: text,
  created_at: number,
  updated_at: number,
  deactivated_at: number,
  inactive: flag,
  ...counters,
  asset_address_count: number,
  asset_address_extra_count: number,
  /** By address range. */
  subnets: Type.Optional(Type.Record(Type.String(), Type.Object({ description: text }))),
  last_task_id: text,
  last_task_at: number,
  last_task_by: text,
  last_task_duration: number,
});

/** `GET /account/users`. */
export const userSchema = Type.Object({
  id,
  client_id: text,
  name: text,
  first_name: text,
  last_name: text,
  email: text,
  created_at: number,
  updated_at: number,
  client_admin: flag,
  org_default_role: text,
  /** Organization id to role. */
  org_roles: textMap,
  reset_token_expiration: number,
  invite_token_expiration: number,
  last_login_ip: text,
  last_login_at: number,
  last_login_ua: text,
  last_activity_at: number,
  last_action_at: number,
  sso_only: flag,
  login_failures: number,
  actions: number,
  sso_group_mappings: texts,
  mfa_enabled: flag,
  password_enabled_at: number,
  terms_agreed_as_of: number,
});

/**
 * One line of `GET /export/org/assets.jsonl` but for its `attributes`, without the fields that hold what the scanner was told by the devices:
 * `services` and `credentials` hold SNMP community strings, session cookies, banners and whole pages.
 */
export const assetSchema = Type.Object({
  id,
  created_at: number,
  updated_at: number,
  organization_id: text,
  site_id: text,
  alive: flag,
  scanned: flag,
  first_seen: number,
  last_seen: number,
  detected_by: text,
  type: text,
  os: text,
  os_vendor: text,
  os_product: text,
  os_version: text,
  hw: text,
  hw_vendor: text,
  hw_product: text,
  hw_version: text,
  addresses: texts,
  addresses_extra: texts,
  macs: texts,
  names: texts,
  domains: texts,
  tags: textMap,
  service_count: number,
  service_ports_tcp: texts,
  service_ports_udp: texts,
  service_protocols: texts,
  service_products: texts,
  software_count: number,
  vulnerability_count: number,
  finding_count: number,
  last_agent_id: text,
  last_task_id: text,
  newest_mac: text,
  newest_mac_vendor: text,
  /** End of the operating system's standard support. */
  eol_os: number,
  /** End of its extended support. */
  eol_os_ext: number,
  risk: text,
  risk_rank: number,
  sources: texts,
  org_name: text,
  site_name: text,
});

/** One line of `GET /export/org/services.jsonl`, without `service_data` and `service_summary`: what the service answered. */
export const serviceSchema = Type.Object({
  service_id: id,
  /** Not `id`, which is the service's own id again. */
  service_asset_id: id,
  service_organization_id: text,
  service_created_at: number,
  service_updated_at: number,
  service_address: text,
  service_transport: text,
  service_vhost: text,
  service_port: Type.Optional(Type.Union([Type.Number(), Type.String()])),
  service_protocol: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
  service_has_screenshot: flag,
});

/** One line of `GET /export/org/vulnerabilities.jsonl`. */
export const vulnerabilitySchema = Type.Object({
  vulnerability_id: id,
  vulnerability_asset_id: id,
  vulnerability_organization_id: text,
  vulnerability_source_id: number,
  vulnerability_created_at: number,
  vulnerability_updated_at: number,
  vulnerability_published_at: number,
  vulnerability_first_detected_at: number,
  vulnerability_last_detected_at: number,
  vulnerability_service_address: text,
  vulnerability_service_transport: text,
  vulnerability_service_port: Type.Optional(Type.Union([Type.Number(), Type.String()])),
  vulnerability_cpe23: text,
  vulnerability_vuln_id: text,
  vulnerability_category: text,
  vulnerability_name: text,
  vulnerability_description: text,
  vulnerability_solution: text,
  vulnerability_cve: text,
  vulnerability_cvss2_base_score: number,
  vulnerability_cvss2_temporal_score: number,
  vulnerability_cvss3_base_score: number,
  vulnerability_cvss3_temporal_score: number,
  vulnerability_severity: text,
  vulnerability_severity_score: number,
  vulnerability_risk: text,
  vulnerability_risk_score: number,
  vulnerability_suppressed: flag,
});

/** One line of `GET /export/org/software.jsonl`. */
export const softwareSchema = Type.Object({
  software_id: text,
  software_asset_id: id,
  software_organization_id: text,
  software_installed_at: number,
  software_installed_from: text,
  software_part: text,
  software_vendor: text,
  software_product: text,
  software_version: text,
  software_cpe23: text,
});

/** One line of `GET /export/org/wireless.jsonl`. */
export const wirelessNetworkSchema = Type.Object({
  id,
  created_at: number,
  last_seen: number,
  organization_id: text,
  site_id: text,
  essid: text,
  bssid: text,
  type: text,
  authentication: text,
  encryption: text,
  signal: number,
  interface: text,
  vendor: text,
  family: text,
  org_name: text,
  site_name: text,
  agent_name: text,
});

export type OrganizationRecord = Static<typeof organizationSchema>;
export type SiteRecord = Static<typeof siteSchema>;
export type UserRecord = Static<typeof userSchema>;
/** With the few fingerprints that asset-attributes.ts keeps: the schema cannot name them, since some go by their beginning. */
export type AssetRecord = Static<typeof assetSchema> & { attributes?: Record<string, string> };
export type ServiceRecord = Static<typeof serviceSchema>;
export type VulnerabilityRecord = Static<typeof vulnerabilitySchema>;
export type SoftwareRecord = Static<typeof softwareSchema>;
export type WirelessNetworkRecord = Static<typeof wirelessNetworkSchema>;
