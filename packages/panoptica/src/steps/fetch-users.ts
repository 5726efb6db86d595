import { toUserEntity } from '../converters/user.js';
import { ACCOUNT_HAS_USER, USER } from '../data-model.js';
import { ListReport, UNREADABLE } from '../list-report.js';
import { addToAccount } from './add-to-account.js';
import { fetchAccount } from './fetch-account.js';
import type { PanopticaStep } from './step.js';

export const fetchUsers: PanopticaStep = {
  id: 'fetch-users',
  name: 'Fetch users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /users'] },
  async run({ client, jobState, logger }) {
    const report = new ListReport(logger, 'users');
    const { records, unreadable } = await client.users();
    report.skipped.skip(UNREADABLE, unreadable);
    report.skipped.duplicate(await addToAccount(jobState, ACCOUNT_HAS_USER, records.map(toUserEntity)));
    report.publish();
  },
};
