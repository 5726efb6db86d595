import type { SimulatorCredentials } from '../kit/simulator.js';
import type { User } from './hawk-gate.js';

/** Organizations by the user who may see them. */
const USERS = [
  { id: '5a1c2d3e4f5a6b7c8d9e0f11', organizationIds: ['0f1e2d3c4b5a69788796a5b4', '5d6e7f8091a2b3c4d5e6f708'] },
  // A valid key whose user was taken out of every organization.
  { id: '5a1c2d3e4f5a6b7c8d9e0f22', organizationIds: [] },
];

/** Whether a user belongs to an organization. */
export function isMember(userId: string, organizationId: string): boolean {
  return USERS.some((user) => user.id === userId && user.organizationIds.includes(organizationId));
}

/** All users; they have the same key, since no two simulated people share a simulator. */
export function usersWithKey(apiKey: string): readonly User[] {
  return USERS.map(({ id }) => ({ id, apiKey }));
}

/** Instance configs: the same user in two organizations, and a user without any. */
export function simulatedCredentials(apiKey: string): SimulatorCredentials {
  return {
    default: {
      orgName: 'Example Organization',
      orgId: '0f1e2d3c4b5a69788796a5b4',
      userId: '5a1c2d3e4f5a6b7c8d9e0f11',
      apiKey,
    },
    'second-organization': {
      orgName: 'Second Example Organization',
      orgId: '5d6e7f8091a2b3c4d5e6f708',
      userId: '5a1c2d3e4f5a6b7c8d9e0f11',
      apiKey,
    },
    'no-organization': {
      orgName: 'Example Organization',
      orgId: '0f1e2d3c4b5a69788796a5b4',
      userId: '5a1c2d3e4f5a6b7c8d9e0f22',
      apiKey,
    },
  };
}
