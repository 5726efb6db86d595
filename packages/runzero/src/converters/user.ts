import type { Entity } from '@jupiterone/integration-sdk-core';
import { isEmailAddress, millis, text, withRawData } from '@vendor-graph/integration';
import { createUser } from '../data-model.js';
import type { UserRecord } from '../records.js';

/** The entity of a console user. */
export function toUserEntity(user: UserRecord): Entity {
  const firstName = text(user.first_name);
  const lastName = text(user.last_name);
  const login = text(user.email);
  const [shortLoginId, emailDomain] = partsOf(login);
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  const displayName = text(name) ?? text(user.name) ?? login ?? user.id;
  const admin = user.client_admin === true || user.org_default_role === 'admin';
  const lastLoginAt = millis(user.last_login_at);
  const inviteTokenExpiration = millis(user.invite_token_expiration);
  return withRawData(
    createUser({
      _key: user.id,
      id: user.id,
      name: displayName,
      displayName,
      firstName: firstName ?? null,
      lastName: lastName ?? null,
      username: login === undefined ? null : [login],
      email: login !== undefined && isEmailAddress(login) ? [login] : null,
      shortLoginId: shortLoginId === undefined ? null : [shortLoginId],
      emailDomain: emailDomain === undefined ? null : [emailDomain],
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
      // runZero lists no others.
      active: true,
    }),
    user,
  );
}

/** What stands before and behind the last @. */
function partsOf(login: string | undefined): [local: string | undefined, domain: string | undefined] {
  const at = login?.lastIndexOf('@') ?? -1;
  if (login === undefined || at === -1) return [undefined, undefined];
  return [text(login.slice(0, at)), text(login.slice(at + 1))];
}
