import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { graphObjects, type GraphObject, type GraphObjectKind } from './graph-objects.js';

/** What has to be known of an object to tell whether it changed. */
export interface ObjectDigest {
  kind: GraphObjectKind;
  key: string;
  type: string;
  hash: string;
}

/** The digests of all objects of a collected graph. */
export async function* digestsOf(folder: string, kind: GraphObjectKind): AsyncGenerator<ObjectDigest> {
  for await (const objects of graphObjects(folder, kind))
    for (const object of objects) yield { kind, key: object._key, type: object._type, hash: hashOf(object) };
}

/** Writes digests as lines of JSON; the file appears when it is complete. */
export async function writeDigests(path: string, digests: AsyncIterable<ObjectDigest>): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    let lines: string[] = [];
    for await (const digest of digests) {
      lines.push(JSON.stringify(digest));
      if (lines.length < LINES_AT_ONCE) continue;
      await file.write(`${lines.join('\n')}\n`);
      lines = [];
    }
    if (lines.length > 0) await file.write(`${lines.join('\n')}\n`);
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** Reads what {@link writeDigests} wrote. */
export async function* readDigests(path: string, kind: GraphObjectKind): AsyncGenerator<ObjectDigest> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    const digest = JSON.parse(line) as ObjectDigest;
    if (digest.kind === kind) yield digest;
  }
}

const LINES_AT_ONCE = 1_000;

/** The order of properties is no difference. */
function hashOf(object: GraphObject): string {
  const properties = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha1').update(JSON.stringify(properties)).digest('base64');
}
