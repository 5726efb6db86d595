import { Type, type Static } from '@vendor-graph/integration';

/*
 * One schema a record: what it must have (an id, of which the key is made), what may stand in an entity's raw data (these
 * fields and no others), and the type that converters work with. Aqua sends null where it knows nothing, and newer servers
 * add fields, so everything else is optional.
 */

const text = Type.Optional(Type.String());
const number = Type.Optional(Type.Number());
const flag = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
const id = Type.Integer();

/** `data` of `GET /v2/accounts/{id}`. The account has no name in this API. */
export const accountSchema = Type.Object({
  id,
  created: text,
  root_user: text,
  source: text,
  current_plan: number,
  trial_end: text,
  renewal_date: text,
  stripe_id: text,
  aws_marketplace_id: text,
  additional_credits: number,
  num_allowed_keys: number,
  suppressions_admin_only: flag,
  global_suppressions_admin_only: flag,
  users_admin_only: flag,
  integrations_admin_only: flag,
  enforce_oauth: flag,
  login_timeout: number,
  disable_default_emails: flag,
  block_default_group: flag,
  presuppress_plugins: flag,
  associate_tags: flag,
  csp_enabled: flag,
  restrict_to_ips: texts,
  log_rocket_enabled: flag,
  mttr_enabled: flag,
  visual_enabled: flag,
  tail_enabled: flag,
  scan_scoring: text,
});
export type AccountRecord = Static<typeof accountSchema>;

/** An element of `GET /v2/groups`. */
export const groupSchema = Type.Object({ id, name: text, created: text });
export type GroupRecord = Static<typeof groupSchema>;

/** An element of `GET /v2/users?expand=group`. */
export const userSchema = Type.Object({
  id,
  email: text,
  confirmed: flag,
  password_reset: flag,
  account_admin: flag,
  send_announcements: flag,
  send_scan_results: flag,
  send_new_plugins: flag,
  send_new_risks: flag,
  multiaccount: flag,
  created: text,
  updated: text,
  provider: text,
  /** Names of roles; some servers send objects that have a name. */
  csp_roles: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Object({ name: Type.String() })]))),
  mfa_enabled: flag,
  count_failed_signin: number,
  last_signin_attempt: text,
  groups: Type.Optional(Type.Array(Type.Object({ id, name: text, created: text }))),
});
export type UserRecord = Static<typeof userSchema>;

/** An element of `GET /v2/apikeys`. The secret is in no answer but that to a creation, and in no schema. */
export const apiKeySchema = Type.Object({
  id,
  access_key: text,
  description: text,
  whitelisted: flag,
  scans_per_month: number,
  created: text,
  updated: text,
  account_id: number,
  group_id: number,
  iac_token: flag,
  ip_addresses: texts,
  enabled: flag,
  open_access: flag,
  roles: texts,
  permission_ids: Type.Optional(Type.Array(Type.Number())),
  /** The id of the user who made the key. */
  owner: number,
  expiration: number,
});
export type ApiKeyRecord = Static<typeof apiKeySchema>;

/**
 * An element of `GET /v2/keys`, which lists connected cloud accounts, not API keys. `external_id` and whatever else is a
 * credential there is left out on purpose.
 */
export const cloudAccountSchema = Type.Object({
  id,
  name: text,
  cloud: text,
  role_arn: text,
  group_id: number,
  enabled_regions: texts,
  autoconnect: flag,
});
export type CloudAccountRecord = Static<typeof cloudAccountSchema>;
