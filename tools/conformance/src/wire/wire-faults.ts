import { gunzipSync, gzipSync } from 'node:zlib';
import { systemClock } from '@vendor-graph/flow-control';
import { answerBytes, headOf, type Exchange, type TrueAnswer, type WireFault } from './wire-proxy.js';

/**
 * What a collection comes to: `complete`: the graph is exactly the undisturbed one, after retries where they are needed;
 * `error`: a typed error, and the types that were not read completely are named partial; `complete or error`: one of
 * these two, as the vendor's client asks again or not.
 */
export type Outcome = 'complete' | 'error' | 'complete or error';

/** One way in which the wire or a server misbehaves. */
export interface FaultCase {
  /** In words for a table. */
  readonly name: string;
  readonly strike: WireFault;
  /** It strikes all connections at once. */
  readonly hitsAll?: true;
  /** When it strikes the first request for each resource, or the first of all when it hits all. */
  readonly once: Outcome;
  /** When it strikes every request for one resource. */
  readonly always: Outcome;
}

/** Where redirects lead: the discard port, where nobody listens. Whoever went there would fail in another way. */
const ELSEWHERE = 'http://127.0.0.1:9/elsewhere';

const MEBIBYTE = 1024 * 1024;
/** More than a client takes as one body or one line. */
const BOMB = gzipSync(Buffer.alloc(80 * MEBIBYTE, ' '));

const transient = { once: 'complete', always: 'error' } as const;
const final = { once: 'error', always: 'error' } as const;
const shapeless = { once: 'complete or error', always: 'error' } as const;
const harmless = { once: 'complete', always: 'complete' } as const;

/** All of them, by where they strike: connection, head, body, content, time, server. */
export const WIRE_FAULTS: readonly FaultCase[] = [
  { name: 'connections refused for 3 s', strike: refuseConnections, hitsAll: true, ...transient },
  { name: 'connection reset before the answer', strike: ({ socket }) => void socket.resetAndDestroy(), ...transient },
  { name: 'connection closed before the answer', strike: ({ socket }) => void socket.end(), ...transient },
  { name: 'idle connection reset at its next use', strike: breakNextUse, ...harmless },
  { name: 'connection closed after each answer', strike: closeAfterwards, ...harmless },

  {
    name: 'garbage instead of a status line',
    strike: rawly('\u0016\u0003\u0001 not HTTP at all\r\n\r\n'),
    ...transient,
  },
  { name: 'reset within the headers', strike: resetWithinHeaders, ...transient },
  { name: '40 KB of headers', strike: withHeaders(['x-padding', 'x'.repeat(40_000)]), ...final },
  { name: 'two different content-lengths', strike: withHeaders(['content-length', '7']), ...transient },
  {
    name: 'headers twice, and of unknown kinds',
    strike: withHeaders(['date', 'never'], ['x-a', '1'], ['x-a', '2']),
    ...harmless,
  },
  { name: 'early hints before the answer', strike: earlyHints, ...harmless },
  { name: 'redirect to another host', strike: redirect, ...final },

  { name: 'reset in mid-body', strike: breakOff((socket) => void socket.resetAndDestroy()), ...transient },
  { name: 'closed in mid-body', strike: breakOff((socket) => void socket.end()), ...transient },
  { name: 'closed between two lines', strike: closeBetweenLines, ...transient },
  {
    name: 'chunked body closed in mid-body',
    strike: chunked((half) => `${hexLength(half)}\r\n${half.toString('latin1')}\r\n`),
    ...transient,
  },
  {
    name: 'chunk size that is no number',
    strike: chunked((half) => `${hexLength(half)}\r\n${half.toString('latin1')}\r\nzz\r\n`),
    ...transient,
  },
  { name: 'content-length smaller than the body', strike: shortLength, ...transient },
  { name: 'answer of another request after the right one', strike: answerTwice, ...harmless },
  { name: 'garbage that claims to be gzip', strike: gzipGarbage, ...transient },
  { name: 'gzip that ends too early', strike: truncatedGzip, ...transient },
  { name: 'gzip bomb of 80 MB', strike: bomb, ...final },
  { name: 'encoding that nobody asked for', strike: withHeaders(['content-encoding', 'zstd']), ...final },

  { name: 'HTML with status 200', strike: body('<!doctype html><title>Log in</title>', 'text/html'), ...transient },
  {
    name: 'JSON cut off, the message complete',
    strike: rewritten((text) => text.slice(0, Math.max(1, text.length / 2))),
    ...transient,
  },
  { name: 'JSON of another shape', strike: body('{"status":"ok"}', 'application/json'), ...shapeless },
  { name: 'null', strike: body('null', 'application/json'), ...shapeless },
  { name: 'status 200 without a body', strike: body('', 'application/json'), ...transient },
  { name: 'status 204', strike: rawly('HTTP/1.1 204 No Content\r\n\r\n'), ...transient },
  { name: 'invalid UTF-8 in an unknown field', strike: invalidUtf8, ...harmless },
  { name: 'byte order mark, another content type', strike: byteOrderMark, ...harmless },

  { name: 'silence', strike: ({ hold }) => void hold(), ...transient },
  { name: 'stall in mid-body', strike: stall, ...transient },
  { name: 'answer 20 s late', strike: late, ...harmless },
  { name: '1 KB/s', strike: slowly(1_000, 1_000), ...harmless },
  { name: 'pieces of 7 bytes', strike: slowly(7, 0), ...harmless },

  {
    name: '429 with Retry-After in seconds',
    strike: status(429, 'Too Many Requests', ['retry-after', '7']),
    ...transient,
  },
  { name: '429 without a word', strike: status(429, 'Too Many Requests'), ...transient },
  { name: '503 with Retry-After as a date', strike: unavailableUntil, ...transient },
  { name: '503 without a word', strike: status(503, 'Service Unavailable'), ...transient },
  {
    name: '502 with HTML from a gateway',
    strike: status(502, 'Bad Gateway', ['content-type', 'text/html']),
    ...transient,
  },
  { name: '500', strike: status(500, 'Internal Server Error'), ...transient },
  { name: '401', strike: status(401, 'Unauthorized'), ...final },
  { name: '403', strike: status(403, 'Forbidden'), ...final },
];

async function refuseConnections({ goDown, comeUp }: Exchange): Promise<void> {
  await goDown();
  await systemClock.sleep(3_000);
  await comeUp();
}

async function breakNextUse({ answer, socket, breakOnNextUse }: Exchange): Promise<void> {
  const bytes = answerBytes(await answer());
  breakOnNextUse();
  socket.write(bytes);
}

async function closeAfterwards({ answer, socket }: Exchange): Promise<void> {
  socket.end(answerBytes(await answer(), ['connection', 'close']));
}

async function resetWithinHeaders({ answer, socket }: Exchange): Promise<void> {
  const head = headOf(await answer());
  await written(socket, head.slice(0, head.length / 2));
  socket.resetAndDestroy();
}

function rawly(text: string): WireFault {
  return ({ socket }) => {
    socket.write(Buffer.from(text, 'latin1'));
  };
}

function withHeaders(...headers: readonly (readonly [name: string, value: string])[]): WireFault {
  return async ({ answer, socket }) => {
    socket.write(answerBytes(await answer(), ...headers));
  };
}

async function earlyHints({ answer, socket }: Exchange): Promise<void> {
  const bytes = answerBytes(await answer());
  socket.write('HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n');
  socket.write(bytes);
}

function redirect({ socket }: Exchange): void {
  socket.write(`HTTP/1.1 302 Found\r\nlocation: ${ELSEWHERE}\r\ncontent-length: 0\r\n\r\n`);
}

function breakOff(end: (socket: Exchange['socket']) => void): WireFault {
  return async ({ answer, socket }) => {
    const bytes = answerBytes(await answer());
    const { body } = await answer();
    await written(socket, bytes.subarray(0, bytes.length - Math.ceil(body.length / 2)));
    end(socket);
  };
}

/** Where there are lines: what has come looks complete. */
async function closeBetweenLines({ answer, socket }: Exchange): Promise<void> {
  const truth = await answer();
  const { body: content } = truth;
  const half = Math.floor(content.length / 2);
  const end = content.lastIndexOf('\n', half) + 1;
  const bytes = answerBytes(truth);
  await written(socket, bytes.subarray(0, bytes.length - content.length + (end === 0 ? half : end)));
  socket.end();
}

function chunked(chunksOf: (half: Buffer) => string): WireFault {
  return async ({ answer, socket }) => {
    const truth = await answer();
    const half = truth.body.subarray(0, Math.ceil(truth.body.length / 2));
    await written(socket, headOf(truth, ['transfer-encoding', 'chunked']));
    await written(socket, Buffer.from(chunksOf(half), 'latin1'));
    socket.end();
  };
}

function hexLength(piece: Buffer): string {
  return piece.length.toString(16);
}

async function shortLength({ answer, socket }: Exchange): Promise<void> {
  const truth = await answer();
  const head = headOf(truth, ['content-length', Math.floor(truth.body.length / 2)]);
  socket.write(Buffer.concat([Buffer.from(head, 'latin1'), truth.body]));
}

async function answerTwice({ answer, socket }: Exchange): Promise<void> {
  const bytes = answerBytes(await answer());
  socket.write(Buffer.concat([bytes, bytes]));
}

async function gzipGarbage({ answer, socket }: Exchange): Promise<void> {
  const truth = await answer();
  socket.write(answerBytes(encoded(truth, Buffer.from('this has never seen a compressor'))));
}

async function truncatedGzip({ answer, socket }: Exchange): Promise<void> {
  const truth = await answer();
  const whole = gzipSync(plainBody(truth));
  socket.write(answerBytes(encoded(truth, whole.subarray(0, whole.length - 12))));
}

async function bomb({ answer, socket }: Exchange): Promise<void> {
  socket.write(answerBytes(encoded(await answer(), BOMB)));
}

function encoded(truth: TrueAnswer, gzipped: Buffer): TrueAnswer {
  return { ...plain(truth, gzipped), headers: [...plain(truth, gzipped).headers, ['content-encoding', 'gzip']] };
}

function plain({ status, statusText, headers }: TrueAnswer, content: Buffer): TrueAnswer {
  return { status, statusText, headers: headers.filter(([name]) => !/^content-encoding$/i.test(name)), body: content };
}

/** The body without its compression. */
export function plainBody({ headers, body }: TrueAnswer): Buffer {
  return headers.some(([name, value]) => /^content-encoding$/i.test(name) && value === 'gzip')
    ? gunzipSync(body)
    : body;
}

function body(content: string, type: string): WireFault {
  return ({ socket }) => {
    const length = Buffer.byteLength(content);
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n${content}`);
  };
}

/** The true answer with another text. */
export function rewritten(rewrite: (text: string) => string | Buffer): WireFault {
  return async ({ answer, socket }) => {
    const truth = await answer();
    socket.write(answerBytes(plain(truth, Buffer.from(rewrite(plainBody(truth).toString('utf8'))))));
  };
}

async function invalidUtf8(exchange: Exchange): Promise<void> {
  await rewritten((text) => {
    const at = text.indexOf('{"') + 1;
    if (at === 0) return text;
    const field = Buffer.concat([Buffer.from('"unheardOf":"'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('",')]);
    return Buffer.concat([Buffer.from(text.slice(0, at)), field, Buffer.from(text.slice(at))]);
  })(exchange);
}

async function byteOrderMark({ answer, socket }: Exchange): Promise<void> {
  const truth = await answer();
  const marked = plain(truth, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plainBody(truth)]));
  const headers = marked.headers.filter(([name]) => !/^content-type$/i.test(name));
  socket.write(answerBytes({ ...marked, headers: [...headers, ['content-type', 'text/plain']] }));
}

async function stall({ answer, socket, hold }: Exchange): Promise<void> {
  const bytes = answerBytes(await answer());
  const { body: content } = await answer();
  await written(socket, bytes.subarray(0, bytes.length - Math.ceil(content.length / 2)));
  hold();
}

async function late({ answer, socket, hold }: Exchange): Promise<void> {
  const bytes = answerBytes(await answer());
  const release = hold();
  await systemClock.sleep(20_000);
  release();
  socket.write(bytes);
}

function slowly(bytesAtOnce: number, everyMs: number): WireFault {
  return async ({ answer, socket, hold }) => {
    const bytes = answerBytes(await answer());
    for (let at = 0; at < bytes.length; at += bytesAtOnce) {
      if (socket.destroyed) return;
      await written(socket, bytes.subarray(at, at + bytesAtOnce));
      if (everyMs === 0) continue;
      const release = hold();
      await systemClock.sleep(everyMs);
      release();
    }
  };
}

function status(
  code: number,
  text: string,
  ...headers: readonly (readonly [name: string, value: string])[]
): WireFault {
  return ({ socket }) => {
    const content = '<html>an answer of the gateway</html>';
    const head = { status: code, statusText: text, headers };
    socket.write(headOf(head, ['content-length', content.length]) + content);
  };
}

function unavailableUntil(exchange: Exchange): void {
  const date = new Date(systemClock.now() + 9_000).toUTCString();
  void status(503, 'Service Unavailable', ['retry-after', date])(exchange);
}

/** Writes, and waits until the bytes have left the process. */
function written(socket: Exchange['socket'], bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, () => {
      resolve();
    });
  });
}
