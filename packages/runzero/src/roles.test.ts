import { describe, expect, it } from 'vitest';
import { assignmentOf, type RoleHolder } from './roles.js';

const NO_PARENTS = new Map<string, string | undefined>([['child', undefined]]);
/** child -> parent -> grandparent */
const TREE = new Map<string, string | undefined>([
  ['child', 'parent'],
  ['parent', 'grandparent'],
  ['grandparent', undefined],
]);

function user({ superuser = false, default: defaultRole, ...roles }: Record<string, string | boolean | undefined>) {
  const holder: RoleHolder = {
    isSuperuser: superuser === true,
    defaultRole: typeof defaultRole === 'string' ? defaultRole : undefined,
    roles: new Map(Object.entries(roles).map(([organization, role]) => [organization, String(role)])),
  };
  return holder;
}

describe('assignmentOf', () => {
  it.each([
    ['a superuser without roles', user({ superuser: true }), 'admin', 'admin', 'superuser'],
    [
      'a superuser with the default role admin',
      user({ superuser: true, default: 'admin' }),
      'admin',
      'admin',
      'superuser',
    ],
    ['a superuser with a lower override', user({ superuser: true, child: 'viewer' }), 'viewer', 'admin', 'superuser'],
    ['a default role', user({ default: 'viewer' }), 'viewer', 'viewer', 'default'],
    ['an override alone', user({ child: 'annotator' }), 'annotator', 'annotator', 'override'],
    ['an override below the default', user({ default: 'admin', child: 'viewer' }), 'viewer', 'admin', 'default'],
    ['an override above the default', user({ default: 'none', child: 'user' }), 'user', 'user', 'override'],
    ['an override equal to the default', user({ default: 'user', child: 'user' }), 'user', 'user', 'override'],
    ['an override of none under a default role', user({ default: 'user', child: 'none' }), 'none', 'user', 'default'],
    ['a role that only looks at bills', user({ default: 'billing' }), 'billing', 'billing', 'default'],
    ['an unknown role below viewer', user({ default: 'viewer', child: 'auditor' }), 'auditor', 'viewer', 'default'],
    [
      'two unknown roles, the explicit one first',
      user({ default: 'billing', child: 'auditor' }),
      'auditor',
      'auditor',
      'override',
    ],
  ])('gives %s', (_, holder, assignedRole, effectiveRole, roleSource) => {
    expect(assignmentOf(holder, 'child', NO_PARENTS)).toEqual({ assignedRole, effectiveRole, roleSource });
  });

  it.each([
    ['the parent', user({ parent: 'user' }), 'user', 'inherited'],
    ['the grandparent', user({ grandparent: 'admin' }), 'admin', 'inherited'],
    ['the strongest ancestor', user({ parent: 'viewer', grandparent: 'user' }), 'user', 'inherited'],
    ['an ancestor as strong as the default', user({ parent: 'user', default: 'user' }), 'user', 'inherited'],
    ['itself when as strong as an ancestor', user({ child: 'user', parent: 'user' }), 'user', 'override'],
  ])('lets an organization inherit from %s', (_, holder, effectiveRole, roleSource) => {
    expect(assignmentOf(holder, 'child', TREE)).toMatchObject({ effectiveRole, roleSource });
  });

  it('does not let a parent inherit from its child', () => {
    expect(assignmentOf(user({ child: 'admin' }), 'parent', TREE)).toBeUndefined();
  });

  it.each([
    ['no role at all', user({})],
    ['the default role none', user({ default: 'none' })],
    ['an override of none', user({ child: 'none' })],
    ['none everywhere', user({ default: 'none', child: 'none', parent: 'none' })],
    ['a role in another organization', user({ stranger: 'admin' })],
  ])('answers undefined for %s', (_, holder) => {
    expect(assignmentOf(holder, 'child', TREE)).toBeUndefined();
  });

  it('ends on organizations that are their own ancestors', () => {
    const cycle = new Map<string, string | undefined>([
      ['child', 'parent'],
      ['parent', 'grandparent'],
      ['grandparent', 'parent'],
    ]);

    expect(assignmentOf(user({ grandparent: 'viewer' }), 'child', cycle)).toMatchObject({ effectiveRole: 'viewer' });
    expect(assignmentOf(user({}), 'child', cycle)).toBeUndefined();
  });

  it('looks at ten ancestors and no further', () => {
    const deep = new Map(Array.from({ length: 12 }, (_, index) => [`org${index}`, `org${index + 1}`] as const));

    expect(assignmentOf(user({ org10: 'viewer' }), 'org0', deep)).toMatchObject({ effectiveRole: 'viewer' });
    expect(assignmentOf(user({ org11: 'viewer' }), 'org0', deep)).toBeUndefined();
  });
});
