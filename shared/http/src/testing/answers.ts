/** An answer with a body of stated length, as bytes on the wire. */
export function answer(
  body: string | Buffer,
  { status = '200 OK', headers = {} }: { status?: string; headers?: Readonly<Record<string, string | number>> } = {},
): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([head(status, { 'content-length': bytes.length, ...headers }), bytes]);
}

/** A JSON answer, as bytes on the wire. */
export function jsonAnswer(
  value: unknown,
  { status, headers = {} }: { status?: string; headers?: Readonly<Record<string, string | number>> } = {},
): Buffer {
  const options = { headers: { 'content-type': 'application/json', ...headers } };
  return answer(JSON.stringify(value), status === undefined ? options : { ...options, status });
}

/** An answer in chunks; `end: false` leaves out the end mark. */
export function chunkedAnswer(
  pieces: readonly (string | Buffer)[],
  { headers = {}, end = true }: { headers?: Readonly<Record<string, string | number>>; end?: boolean } = {},
): Buffer {
  return Buffer.concat([
    head('200 OK', { 'transfer-encoding': 'chunked', ...headers }),
    ...pieces.map(chunk),
    ...(end ? [Buffer.from('0\r\n\r\n')] : []),
  ]);
}

/** Status line and headers. */
export function head(status: string, headers: Readonly<Record<string, string | number>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, 'latin1');
}

/** One piece of a chunked body; an empty one would be the end mark. */
export function chunk(piece: string | Buffer): Buffer {
  const bytes = Buffer.from(piece);
  if (bytes.length === 0) return bytes;
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
