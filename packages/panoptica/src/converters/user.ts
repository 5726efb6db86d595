import type { Entity } from '@jupiterone/integration-sdk-core';
import { isEmailAddress, isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createUser, USER } from '../data-model.js';
import type { User } from '../records.js';

const ADMINISTRATORS: ReadonlySet<string> = new Set(['ACCOUNT_ADMIN', 'PORTSHIFT_ADMIN', 'LIGHTSPIN_ADMIN']);
const MACHINES: ReadonlySet<string> = new Set(['SERVICE', 'CI_CD_SCANNER', 'SELF_PROVISIONING']);

export function toUserEntity(user: User): Entity {
  const fullName = text(user.fullName);
  const email = [text(user.email)].find((address) => address !== undefined && isEmailAddress(address));
  const [shortLoginId, emailDomain] = email?.split(/@(?=[^@]*$)/) ?? [];
  const role = text(user.role);
  const isPerson = role === undefined ? undefined : !MACHINES.has(role);
  const [firstName, ...otherNames] = isPerson === true ? (fullName?.split(/\s+/) ?? []) : [];
  const isActive = user.status === undefined ? undefined : user.status === 'ENABLED';
  const name = fullName ?? text(user.email) ?? user.id;
  return withRawData(
    createUser({
      _key: `${USER._type}:${user.id}`,
      id: user.id,
      accountId: text(user.accountId),
      name,
      displayName: name,
      username: fullName === undefined ? null : [fullName],
      fullName,
      email: email === undefined ? null : [email],
      emailDomain: emailDomain === undefined ? undefined : [emailDomain],
      shortLoginId: shortLoginId === undefined ? null : [shortLoginId],
      firstName: firstName ?? null,
      lastName: otherNames.length === 0 ? null : otherNames.join(' '),
      description: text(user.description),
      lastLogin: isoMillis(user.lastLogin),
      status: text(user.status),
      active: isActive,
      isActive,
      role,
      normalizedRole: text(user.normalizedRole),
      isAdmin: role === undefined ? undefined : ADMINISTRATORS.has(role),
      isPerson,
    }),
    user,
  );
}
