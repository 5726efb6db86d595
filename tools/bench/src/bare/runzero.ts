// The least that any program must do to turn runZero's lists and exports into the same objects.
import { Agent, request } from 'undici';
import { PlainGraph } from './plain-graph.js';
import { accountOf, assignmentOf, organizationOf, siteOf, userOf } from './runzero-account.js';
import type { Organization, Site, User } from './runzero-account.js';
import { ASSET_FIELDS, assetOf, type Asset } from './runzero-asset.js';
import { signedGet } from './signed-get.js';

const AT_ONCE = 4;
const NEWLINE = 10;

const baseUrl = process.env['RUNZERO_API_BASE_URL'] ?? '';
const accountKey = process.env['RUNZERO_ACCOUNT_API_KEY'] ?? '';
const authorization = `Bearer ${accountKey}`;
const now = Date.now();
const graph = new PlainGraph();
const exports = new Agent({ connections: AT_ONCE });
const get = signedGet(baseUrl, { sign: () => ({ authorization }), secrets: [accountKey] }, AT_ONCE);

const [organizations, sites, users] = await Promise.all([
  get('/account/orgs') as Promise<Organization[]>,
  get('/account/sites') as Promise<Site[]>,
  get('/account/users') as Promise<User[]>,
]);
const account = organizations[0]?.client_id ?? '';
await Promise.all([...organizations.map(writeOrganization), writeAccount()]);
await graph.end();

async function writeOrganization(organization: Organization): Promise<void> {
  const { id } = organization;
  const [listed] = (await get(`/account/orgs/${id}/exportTokens`)) as { token: string }[];
  await graph.entity(organizationOf(organization, listed !== undefined));
  await graph.has('rumble_account_has_organization', account, id);
  const query = `${listed === undefined ? `_oid=${id}&` : ''}fields=${ASSET_FIELDS}`;
  const { body } = await request(`${baseUrl}/export/org/assets.jsonl?${query}`, {
    headers: { authorization: `Bearer ${listed?.token ?? accountKey}` },
    dispatcher: exports,
  });
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      const asset = JSON.parse(bytes.toString('utf8', start, end)) as Asset;
      await graph.entity(assetOf(asset, now));
      await graph.has('rumble_site_has_asset', asset.site_id, asset.id);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

/** Everything but the organizations and what is in them. */
async function writeAccount(): Promise<void> {
  await graph.entity(accountOf(account, baseUrl));
  for (const site of sites) {
    await graph.entity(siteOf(site));
    await graph.has('rumble_account_has_site', account, site.id);
    await graph.has('rumble_organization_has_site', site.organization_id, site.id);
  }
  for (const user of users) {
    await graph.entity(userOf(user));
    await graph.has('rumble_account_has_user', account, user.id);
    for (const { id } of organizations) {
      const assignment = assignmentOf(user, id, organizations);
      if (assignment !== undefined) await graph.relationship(assignment);
    }
  }
}
