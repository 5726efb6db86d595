// Lists the images, then reads their vulnerabilities one page after the other: what waiting for each answer costs.
import { escherAuth, HttpClient } from '@vendor-graph/http';

const PAGE = 200;
const client = new HttpClient({
  baseUrl: process.env['PANOPTICA_API_BASE_URL'] ?? '',
  product: { name: 'one-by-one', version: '0' },
  auth: escherAuth({
    accessKeyId: process.env['PANOPTICA_ACCESS_KEY'] ?? '',
    secretKey: process.env['PANOPTICA_SECRET_KEY'] ?? '',
    credentialScope: 'global/services/portshift_request',
  }),
});
let rows = 0;
for (const { id } of await list('/images', { sortKey: 'TIME', sortDir: 'ASC' }))
  rows += (await list(`/images/${id}/vulnerabilities`, {})).length;
await client.close();
process.stdout.write(`${rows}\n`);

async function list(path: string, query: Record<string, string>): Promise<{ id: string }[]> {
  const all: { id: string }[] = [];
  for (;;) {
    const { body } = await client.requestJson(path, { query: { ...query, offset: all.length, maxResults: PAGE } });
    const page = body as { id: string }[];
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
