// The least that any program must do with Aqua's lists, at the rate that our client keeps to.
import { signedKeyAuth } from '@vendor-graph/http';
import { PlainGraph } from './plain-graph.js';
import { signedGet } from './signed-get.js';

const PAGE = 100;
const REQUESTS_PER_SECOND = 10;
const AT_ONCE = 4;

interface Row {
  id: string;
  groups?: { id: string }[];
}

const graph = new PlainGraph();
const account = process.env['AQUASEC_ACCOUNT_ID'] ?? '';
const get = signedGet(
  process.env['AQUASEC_API_BASE_URL'] ?? '',
  signedKeyAuth({ apiKey: process.env['AQUASEC_API_KEY'] ?? '', apiSecret: process.env['AQUASEC_API_SECRET'] ?? '' }),
  AT_ONCE,
);
const started: number[] = [];
await Promise.all([
  list('/v2/groups?', 'aquasec_group'),
  list('/v2/users?expand=group&', 'aquasec_user'),
  list('/v2/apikeys?', 'aquasec_api_key'),
  list('/v2/keys?', 'aquasec_cloud_account'),
]);
await graph.end();

async function list(path: string, type: string): Promise<void> {
  for (let offset = 0; ;) {
    await turn();
    const { data } = (await get(`${path}limit=${PAGE}${offset > 0 ? `&offset=${offset}` : ''}`)) as { data: Row[] };
    for (const row of data) {
      await graph.entity(type, 'User', `${type}:${row.id}`, row);
      await graph.relationship(`aquasec_account_has_${type}`, account, row.id);
      for (const group of row.groups ?? []) await graph.relationship('aquasec_group_has_user', group.id, row.id);
    }
    offset += data.length;
    if (data.length === 0) return;
  }
}

/** Waits until fewer requests than the limit were started within the last second. */
async function turn(): Promise<void> {
  for (;;) {
    const now = performance.now();
    const earlier = started[started.length - REQUESTS_PER_SECOND];
    if (earlier === undefined || now - earlier >= 1_000) {
      started.push(now);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000 - (now - earlier)));
  }
}
