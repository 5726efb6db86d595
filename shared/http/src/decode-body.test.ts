import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeBody } from './decode-body.js';

async function decoded(pieces: readonly Buffer[], encoding: string | undefined): Promise<string> {
  const read: Buffer[] = [];
  for await (const piece of decodeBody(iterate(pieces), encoding)) read.push(piece);
  return Buffer.concat(read).toString();
}

async function* iterate(pieces: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  yield* pieces;
}

function bytewise(bytes: Buffer): Buffer[] {
  return Array.from(bytes, (byte) => Buffer.of(byte));
}

const TEXT = '{"name":"é"}\n'.repeat(500);
const BYTES = Buffer.from(TEXT);

it.each([
  ['no encoding', undefined, BYTES],
  ['identity', 'identity', BYTES],
  ['gzip', 'gzip', gzipSync(BYTES)],
  ['gzip in capitals', 'GZIP', gzipSync(BYTES)],
  ['gzip by its old name', 'x-gzip', gzipSync(BYTES)],
  ['gzip of several members', 'gzip', Buffer.concat([gzipSync(BYTES.subarray(0, 99)), gzipSync(BYTES.subarray(99))])],
  ['brotli', 'br', brotliCompressSync(BYTES)],
  ['deflate with its wrapper', 'deflate', deflateSync(BYTES)],
  ['bare deflate', 'deflate', deflateRawSync(BYTES)],
  ['two encodings', 'br, gzip', gzipSync(brotliCompressSync(BYTES))],
])('decodes %s, whole and byte by byte', async (_what, encoding, body) => {
  expect(await decoded([body], encoding)).toBe(TEXT);
  expect(await decoded(bytewise(body), encoding)).toBe(TEXT);
});

it.each([
  ['gzip', gzipSync(BYTES)],
  ['br', brotliCompressSync(BYTES)],
  ['deflate', deflateSync(BYTES)],
])('does not take a cut %s body for a whole one, wherever it is cut', async (encoding, body) => {
  const outcomes = await Promise.all(
    Array.from({ length: body.length }, async (_, at) =>
      decoded([body.subarray(0, at)], encoding).then(
        () => `complete at ${at}`,
        () => 'error',
      ),
    ),
  );

  expect(outcomes.filter((outcome) => outcome !== 'error')).toEqual([]);
});

it('tells that a compressed body is cut by a code of its own', async () => {
  await expect(decoded([gzipSync(BYTES).subarray(0, -1)], 'gzip')).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
});

it('fails on an encoding that nobody asked for', async () => {
  await expect(async () => decoded([BYTES], 'zstd')).rejects.toThrow();
});

it('passes on what breaks the bytes under it', async () => {
  async function* broken(): AsyncGenerator<Buffer, void, undefined> {
    yield gzipSync(BYTES).subarray(0, 40);
    throw new Error('the connection broke');
  }

  const reading = (async () => {
    for await (const piece of decodeBody(broken(), 'gzip')) expect(piece.length).toBeGreaterThan(0);
  })();

  await expect(reading).rejects.toThrow('the connection broke');
});

it('ends the reading below it when its consumer stops', async () => {
  let ended = false;
  const random = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 251));
  async function* source(): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (const byte of bytewise(gzipSync(random))) yield byte;
    } finally {
      ended = true;
    }
  }

  for await (const piece of decodeBody(source(), 'gzip')) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await new Promise(setImmediate);

  expect(ended).toBe(true);
});
