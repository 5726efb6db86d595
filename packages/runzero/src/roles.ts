/** What runZero's role model needs to know about a user. */
export interface RoleHolder {
  isSuperuser: boolean;
  defaultRole: string | undefined;
  /** Organization id to role. */
  roles: ReadonlyMap<string, string>;
}

/** What gives a user the role: the first of these that alone yields it. */
export type RoleSource = 'superuser' | 'override' | 'inherited' | 'default';

export interface Assignment {
  /** The role written down for exactly this organization, else the effective one. */
  assignedRole: string;
  /** The most privileged role that the user record and the organization tree give. */
  effectiveRole: string;
  roleSource: RoleSource;
}

/** runZero's roles, weakest first, see https://help.runzero.com/docs/using-runzero/team-members/. */
const RANKS = new Map([
  ['none', 0],
  ['viewer', 2],
  ['annotator', 3],
  ['user', 4],
  ['admin', 5],
]);
/** A role that we do not know, or that shows no assets such as `billing`: more than none, less than viewer. */
const RANK_OF_OTHERS = 1;
/** Organizations nest three deep; anything beyond this is a cycle or damaged data. */
const MAX_ANCESTORS = 10;

/**
 * Which role a user has in an organization; undefined when the user has none. The most privileged of all roles that
 * apply wins, and an organization inherits from its ancestors. Groups may give more than the user record shows, so the
 * answer is a lower bound.
 *
 * @param parents organization id to the id of its parent, for every organization that is known
 */
export function assignmentOf(
  user: RoleHolder,
  organizationId: string,
  parents: ReadonlyMap<string, string | undefined>,
): Assignment | undefined {
  const explicit = user.roles.get(organizationId);
  const candidates: readonly { source: RoleSource; role: string | undefined }[] = [
    { source: 'superuser', role: user.isSuperuser ? 'admin' : undefined },
    { source: 'override', role: explicit },
    { source: 'inherited', role: inheritedRole(user, organizationId, parents) },
    { source: 'default', role: user.defaultRole },
  ];
  let effective: { source: RoleSource; role: string } | undefined;
  for (const { source, role } of candidates) {
    if (role === undefined || rankOf(role) === 0) continue;
    if (effective === undefined || rankOf(role) > rankOf(effective.role)) effective = { source, role };
  }
  if (effective === undefined) return undefined;
  return { assignedRole: explicit ?? effective.role, effectiveRole: effective.role, roleSource: effective.source };
}

function inheritedRole(
  user: RoleHolder,
  organizationId: string,
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  let highest: string | undefined;
  let ancestor = parents.get(organizationId);
  for (let step = 0; ancestor !== undefined && ancestor !== organizationId && step < MAX_ANCESTORS; step++) {
    const role = user.roles.get(ancestor);
    if (role !== undefined && (highest === undefined || rankOf(role) > rankOf(highest))) highest = role;
    ancestor = parents.get(ancestor);
  }
  return highest;
}

function rankOf(role: string): number {
  return RANKS.get(role) ?? RANK_OF_OTHERS;
}
