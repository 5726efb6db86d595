import { expect, it } from 'vitest';
import { chunkedAnswer, head } from './testing/answers.js';
import { testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

const LINE = `"${'x'.repeat(1_021)}"\n`;

function framed(framing: string, connection: string, lines: number): Buffer {
  const body = LINE.repeat(lines);
  const headers = { connection };
  if (framing === 'chunks') return chunkedAnswer([body], { headers });
  return Buffer.concat([head('200 OK', { ...headers, 'content-length': body.length }), Buffer.from(body)]);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

const CASES = ['a stated length', 'chunks'].flatMap((framing) =>
  ['keep-alive', 'close'].flatMap((connection) =>
    // What fits the buffers exactly, a little less, a little more, and much more.
    [1, 63, 64, 65, 127, 128, 129, 192, 800].map((lines) => ({ framing, connection, lines })),
  ),
);

it.each(CASES)(
  'hands a slow consumer the whole answer when the server closes at once ($lines lines, $framing, $connection)',
  async ({ framing, connection, lines }) => {
    const server = await startWireServer((socket) => socket.end(framed(framing, connection, lines)));
    const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

    let read = 0;
    for await (const { lineNumber } of client.streamJsonLines('/lines')) {
      read = lineNumber;
      if (read % 16 === 1) await turns(20);
    }

    expect(read).toBe(lines);
  },
);

it.each(CASES.filter(({ lines }) => lines > 1))(
  'tells a slow consumer that the answer is cut ($lines lines, $framing, $connection)',
  async ({ framing, connection, lines }) => {
    const whole = framed(framing, connection, lines);
    // At the end of the last line but one: no line is damaged.
    const cut = whole.subarray(0, whole.lastIndexOf(LINE));
    const server = await startWireServer((socket) => socket.end(cut));
    const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

    let read = 0;
    const reading = (async () => {
      for await (const { lineNumber } of client.streamJsonLines('/lines')) {
        read = lineNumber;
        if (read % 16 === 1) await turns(20);
      }
    })();

    await expect(reading).rejects.toMatchObject({ name: 'BodyError', code: 'TRUNCATED_BODY' });
    expect(read).toBe(lines - 1);
  },
);

it('reads a large body that ends with the connection', async () => {
  const value = Array.from({ length: 800 }, () => 'x'.repeat(1_000));
  const server = await startWireServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${JSON.stringify(value)}`));
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

  expect((await client.requestJson('/list')).body).toEqual(value);
});

it('uses its connections again', async () => {
  const server = await startWireServer((socket) => socket.write(framed('a stated length', 'keep-alive', 1)));
  const client = testClient({ baseUrl: server.baseUrl });

  for (let call = 0; call < 20; call += 1) await client.requestJson('/list');

  // undici frees a connection a moment after the end of an answer, so that two take turns.
  expect(server.connections).toBeLessThanOrEqual(2);
});
