// The least that any program must do with Panoptica's images and their vulnerabilities.
import { escherAuth } from '@vendor-graph/http';
import { PlainGraph } from './plain-graph.js';
import { each, signedGet } from './signed-get.js';

const PAGE = 200;
/** As many as our client may have under way. */
const AT_ONCE = 32;

interface Row {
  id: string;
}

const graph = new PlainGraph();
const get = signedGet(
  process.env['PANOPTICA_API_BASE_URL'] ?? '',
  escherAuth({
    accessKeyId: process.env['PANOPTICA_ACCESS_KEY'] ?? '',
    secretKey: process.env['PANOPTICA_SECRET_KEY'] ?? '',
    credentialScope: 'global/services/portshift_request',
  }),
  AT_ONCE,
);
const images = await list('/images?sortKey=TIME&sortDir=ASC');
for (const image of images) await graph.entity('panoptica_image', 'Image', image.id, image);
const until = new Date();
const from = new Date(until.getTime() - 24 * 3_600_000);
const times = `startTime=${from.toISOString()}&endTime=${until.toISOString()}`;
for (const workload of await list(`/appTelemetries?sortKey=appName&sortDir=ASC&${times}`))
  await graph.entity('panoptica_container', 'Container', workload.id, workload);

const vulnerabilities = new Map<string, Row>();
await each(images, AT_ONCE, async (image) => {
  for (const row of await list(`/images/${encodeURIComponent(image.id)}/vulnerabilities?sortDir=DESC`)) {
    if (!vulnerabilities.has(row.id)) vulnerabilities.set(row.id, row);
    await graph.relationship('panoptica_image_has_vulnerability', image.id, row.id, { image: image.id });
  }
});
for (const row of vulnerabilities.values()) await graph.entity('panoptica_vulnerability', 'Finding', row.id, row);
await graph.end();

async function list(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = (await get(`${path}&offset=${rows.length}&maxResults=${PAGE}`)) as Row[];
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
