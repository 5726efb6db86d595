import type { Entity } from '@jupiterone/integration-sdk-core';
import { isEmailAddress, isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createUser } from '../data-model.js';
import type { UserRecord } from '../records.js';

/** `aquasec_user:<id>` */
export function userKey(id: number): string {
  return `aquasec_user:${id}`;
}

/**
 * A user as an entity. `email`, `username` and `shortLoginId` are arrays or null, as today's class schema demands.
 * Aqua has no "disabled": whoever has not confirmed the invitation cannot sign in, so `active` comes from `confirmed`.
 */
export function toUserEntity(user: UserRecord): Entity {
  const login = text(user.email);
  const name = login ?? `user ${user.id}`;
  const at = login?.lastIndexOf('@') ?? -1;
  const domain = at >= 0 ? text(login?.slice(at + 1).toLowerCase()) : undefined;
  const local = at >= 0 ? text(login?.slice(0, at)) : login;
  return withRawData(
    createUser({
      _key: userKey(user.id),
      id: String(user.id),
      name,
      displayName: name,
      username: login === undefined ? null : [login],
      email: login !== undefined && isEmailAddress(login) ? [login] : null,
      shortLoginId: local === undefined ? null : [local],
      emailDomain: domain === undefined ? undefined : [domain],
      firstName: null,
      lastName: null,
      admin: user.account_admin === true,
      isAdmin: user.account_admin === true,
      confirmed: user.confirmed,
      active: user.confirmed,
      isActive: user.confirmed,
      passwordReset: user.password_reset,
      sendAnnouncements: user.send_announcements,
      sendScanResults: user.send_scan_results,
      sendNewPlugins: user.send_new_plugins,
      sendNewRisks: user.send_new_risks,
      multiaccount: user.multiaccount,
      createdOn: isoMillis(user.created),
      updatedOn: isoMillis(user.updated),
      provider: text(user.provider),
      cspRoles: user.csp_roles?.map((role) => (typeof role === 'string' ? role : role.name)),
      isMfaEnabled: user.mfa_enabled,
      lastSigninAttemptOn: isoMillis(user.last_signin_attempt),
      failedSigninCount: user.count_failed_signin,
    }),
    user,
  );
}
