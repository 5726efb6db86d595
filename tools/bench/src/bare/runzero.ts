// The least that any program must do with runZero's inventory: read, split, parse, write.
import { Agent, request } from 'undici';
import { bearerAuth } from '@vendor-graph/http';
import { PlainGraph } from './plain-graph.js';
import { signedGet } from './signed-get.js';

const baseUrl = process.env['RUNZERO_API_BASE_URL'] ?? '';
const token = process.env['RUNZERO_ACCOUNT_API_KEY'] ?? '';
const NEWLINE = 10;

interface Asset {
  id: string;
  site_id: string;
}

const graph = new PlainGraph();
const get = signedGet(baseUrl, bearerAuth({ token }), 4);
for (const [path, type] of [
  ['/account/sites', 'rumble_site'],
  ['/account/users', 'rumble_user'],
] as const)
  for (const record of (await get(path)) as { id: string }[]) await graph.entity(type, 'Site', record.id, record);

for (const organization of (await get('/account/orgs')) as { id: string }[]) {
  await graph.entity('rumble_organization', 'Organization', organization.id, organization);
  const { body } = await request(`${baseUrl}/export/org/assets.jsonl?_oid=${organization.id}`, {
    headers: { authorization: `Bearer ${token}` },
    dispatcher: new Agent(),
  });
  let rest = Buffer.alloc(0);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      const asset = withoutObjects(JSON.parse(bytes.toString('utf8', start, end)) as Asset);
      await graph.entity('rumble_asset', 'Device', asset.id, asset);
      await graph.relationship('rumble_site_has_asset', asset.site_id, asset.id);
      start = end + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
  }
}
await graph.end();

/** Collect does not keep these either: secrets may be among them. What is undefined is not written. */
function withoutObjects(asset: Asset): Asset {
  const fields = asset as unknown as Record<string, unknown>;
  for (const name in fields)
    if (typeof fields[name] === 'object' && !Array.isArray(fields[name])) fields[name] = undefined;
  return asset;
}
