import { IntegrationInfoEventName } from '@jupiterone/integration-sdk-core';
import { addRelationshipsOnce, directRelationship, text } from '@vendor-graph/integration';
import { USER_ASSIGNED_ORGANIZATION } from '../data-model.js';
import type { UserRecord } from '../records.js';
import { assignmentOf, type RoleHolder } from '../roles.js';
import { fetchOrganization } from './fetch-organization.js';
import { fetchUsers } from './fetch-users.js';
import type { RunZeroStep } from './step.js';

export const buildUserOrganizationRelationships: RunZeroStep = {
  id: 'build-user-organization-relationships',
  name: 'Build user and organization relationships',
  entities: [],
  relationships: [USER_ASSIGNED_ORGANIZATION],
  dependsOn: [fetchUsers.id, fetchOrganization.id],
  async run({ client, jobState, logger }) {
    const organizations = await client.organizations();
    const parents = new Map(organizations.records.map(({ id, parent_id }) => [id, parent_id]));
    const users = await client.users();
    let strayRoles = 0;
    // User by user: there can be as many relationships as users times organizations.
    for (const user of users.records) {
      if (!jobState.hasKey(user.id)) continue;
      const holder = roleHolder(user);
      strayRoles += [...holder.roles.keys()].filter((id) => !parents.has(id)).length;
      const relationships = [...parents.keys()].flatMap((organizationId) => {
        const assignment = assignmentOf(holder, organizationId, parents);
        if (assignment === undefined || !jobState.hasKey(organizationId)) return [];
        return directRelationship(USER_ASSIGNED_ORGANIZATION, user.id, organizationId, { ...assignment });
      });
      await addRelationshipsOnce(jobState, relationships);
    }
    if (strayRoles > 0) {
      logger.publishInfoEvent({
        name: IntegrationInfoEventName.Info,
        description: `${strayRoles} roles of users were left out: they are for organizations that are not listed.`,
      });
    }
  },
};

function roleHolder(user: UserRecord): RoleHolder {
  const roles = new Map<string, string>();
  for (const [organizationId, role] of Object.entries(user.org_roles ?? {})) {
    const name = normalized(role);
    if (name !== undefined) roles.set(organizationId, name);
  }
  return { isSuperuser: user.client_admin === true, defaultRole: normalized(user.org_default_role), roles };
}

function normalized(role: string | undefined): string | undefined {
  return text(role)?.toLowerCase();
}
