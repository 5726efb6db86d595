import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
const REGULAR_FILE = new Set(['0', '\0']);

/**
 * The files of an npm package's tarball, by their path inside of it (without the leading `package/`).
 *
 * Reads what npm's and pnpm's `pack` write: POSIX ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html.
 * @throws Error for an entry that is no regular file, and for one outside of `package/`.
 */
export function readTarball(path: string): Map<string, Buffer> {
  const archive = gunzipSync(readFileSync(path));
  const files = new Map<string, Buffer>();
  for (let offset = 0; offset < archive.length && archive[offset] !== 0;) {
    const header = archive.subarray(offset, offset + BLOCK);
    const [prefix, rest] = [text(header, 345, 155), text(header, 0, 100)];
    const name = prefix === '' ? rest : `${prefix}/${rest}`;
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!REGULAR_FILE.has(header.toString('latin1', 156, 157)) || !name.startsWith('package/'))
      throw new Error(`${path} holds ${name}, which is no file of a package.`);
    files.set(name.slice('package/'.length), archive.subarray(offset + BLOCK, offset + BLOCK + size));
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
