import type { Random } from '../../kit/random.js';
import { ACCESS_KEY } from '../credentials.js';
import type { PanopticaOptions } from '../options.js';

/** A row of `GET /users`. */
export interface UserRow {
  id: string;
  accountId: string;
  lastLogin: string | null;
  fullName: string;
  description: string | null;
  status: 'ENABLED' | 'DISABLED';
  role: string;
  normalizedRole: string;
  email: string | null;
}

const FIRST_NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald'] as const;
const LAST_NAMES = ['Okafor', 'van der Berg', 'Lindqvist', 'Moreau', 'Tanaka', 'Silva'] as const;

export function users(seeded: Random, accountId: string, options: PanopticaOptions): UserRow[] {
  const user = (name: string, changes: Partial<UserRow>): UserRow => ({
    id: seeded.fork('user', name).uuid(),
    accountId,
    lastLogin: '2024-02-27T16:45:10.120Z',
    fullName: name,
    description: null,
    status: 'ENABLED',
    role: 'SERVICE',
    normalizedRole: 'Service User',
    email: null,
    ...changes,
  });
  const people = Array.from({ length: options.users }, (_, index) => {
    const random = seeded.fork('person', index);
    const firstName = random.pick(FIRST_NAMES);
    const admin = index % 3 === 0;
    return user(`${firstName} ${random.pick(LAST_NAMES)}`, {
      id: random.uuid(),
      role: admin ? 'ACCOUNT_ADMIN' : 'ACCOUNT_AUDITOR',
      normalizedRole: admin ? 'Administrator' : 'Auditor',
      email: `${firstName.toLowerCase()}.${index}@example.com`,
    });
  });
  const odd = [
    user('CI scanner', { role: 'CI_CD_SCANNER', normalizedRole: 'CI/CD Scanner', lastLogin: null }),
    user('Cher', {
      role: 'ACCOUNT_AUDITOR',
      normalizedRole: 'Auditor',
      status: 'DISABLED',
      email: 'not an address',
      description: 'Left the company',
    }),
  ];
  // The credentials' own user does not come first: its place in the list means nothing.
  return [...people, user('Graph collector', { id: ACCESS_KEY }), ...(options.oddities ? odd : [])];
}
