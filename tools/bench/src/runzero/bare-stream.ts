// The least that any program must do with an asset export: read it, split it into lines, parse each.
import { request } from 'undici';

const { body } = await request(`${process.env['RUNZERO_API_BASE_URL'] ?? ''}/export/org/assets.jsonl`, {
  headers: { authorization: `Bearer ${process.env['RUNZERO_EXPORT_TOKEN'] ?? ''}` },
});
const NEWLINE = 10;
let rest = Buffer.alloc(0);
let assets = 0;
for await (const chunk of body as AsyncIterable<Buffer>) {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    JSON.parse(bytes.toString('utf8', start, end));
    assets += 1;
    start = end + 1;
  }
  rest = Buffer.from(bytes.subarray(start));
}
process.stdout.write(`${assets}\n`);
