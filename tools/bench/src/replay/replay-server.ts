/*
 * A byte server: passes each request on to a simulator once, keeps the answer on disk, and from then on repeats it. What a
 * collection takes is then not what its simulator takes to make the answers.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FromReplay, ToReplay } from './protocol.js';

interface Answer {
  status: number;
  type: string;
  file: string;
}

/** Parameters that differ from run to run. */
const TIMES = ['startTime', 'endTime'];
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const target = new URL(process.argv[2] ?? '');
const answers = new Map<string, Promise<Answer>>();
let latencyMs = 0;
let requests = 0;
let inFlight = 0;
let peakInFlight = 0;

const server = createServer((incoming, outgoing) => {
  serve(incoming, outgoing).catch((error: unknown) => {
    outgoing.destroy(error instanceof Error ? error : undefined);
  });
});
server.listen(0, '127.0.0.1', () => {
  tell({ type: 'ready', port: (server.address() as AddressInfo).port });
});
process.on('message', (message: ToReplay) => {
  latencyMs = message.latencyMs;
  tell({ type: 'traffic', requests, peakInFlight });
  requests = 0;
  peakInFlight = 0;
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true });
  process.exit();
});

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  requests += 1;
  inFlight += 1;
  peakInFlight = Math.max(peakInFlight, inFlight);
  try {
    const key = `${incoming.method ?? ''} ${keyOf(incoming.url ?? '')} ${tokenOf(incoming)}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = record(incoming, join(folder, `${answers.size}`));
      answers.set(key, answer);
    }
    incoming.resume();
    const { status, type, file } = await answer;
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    outgoing.writeHead(status, { 'content-type': type });
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), outgoing);
  } finally {
    inFlight -= 1;
  }
}

/** The signature covers the host that was asked, so that the simulator gets to see that one. */
function record(incoming: IncomingMessage, file: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers };
    // The answer is kept as it is, uncompressed.
    delete headers['accept-encoding'];
    const passedOn = request({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      pipeline(answer, createWriteStream(file))
        .then(() => {
          resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', file });
        })
        .catch(reject);
    });
    passedOn.on('error', reject);
    incoming.pipe(passedOn);
  });
}

function keyOf(url: string): string {
  const { pathname, searchParams } = new URL(url, target);
  for (const name of TIMES) searchParams.delete(name);
  searchParams.sort();
  return `${pathname}?${searchParams.toString()}`;
}

/** A token tells whose data are asked for; a signature is another one each time. */
function tokenOf({ headers: { authorization = '' } }: IncomingMessage): string {
  return authorization.startsWith('Bearer ') ? authorization : '';
}

function tell(message: FromReplay): void {
  process.send?.(message);
}
