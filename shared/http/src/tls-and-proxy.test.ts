import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { bearerAuth } from './auth/bearer.js';
import { jsonAnswer } from './testing/answers.js';
import { selfSigned } from './testing/certificate.js';
import { testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

const TOKEN = 'token-that-no-proxy-may-see';
const HOUR_MS = 3_600_000;

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that leads every tunnel to one port, and remembers what it was told. */
async function startProxy(
  targetPort: number | undefined,
  refusal = '502 Bad Gateway',
): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createHttpServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
    response.writeHead(500).end();
  });
  server.on('connect', (request, socket, first: Buffer) => {
    seen.push(`CONNECT ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
    if (targetPort === undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(first);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => undefined);
  });
  return { port: await listen(server), seen };
}

/** Runs a program with the built library in a process of its own, where certificates are read at the start. */
async function runProgram(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<{ stdout: string; stderr: string }> {
  const library = new URL('../dist/index.js', import.meta.url).href;
  const source = `import { HttpClient, bearerAuth, hawkAuth } from ${JSON.stringify(library)};\n${program}`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], {
    env: { PATH: process.env['PATH'], ...env },
    timeout: 30_000,
  });
}

function fileOf(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'http-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'ca.pem');
  writeFileSync(path, content);
  return path;
}

it('does not talk to a server whose certificate nobody vouches for, and does not try again', async () => {
  let requests = 0;
  const server = createHttpsServer(selfSigned(['localhost', '127.0.0.1']), () => (requests += 1));
  const port = await listen(server);
  const client = testClient({ baseUrl: `https://127.0.0.1:${port}`, auth: bearerAuth({ token: TOKEN }) });

  await expect(client.requestJson('/list')).rejects.toMatchObject({
    name: 'ConnectionError',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    attempts: 1,
    retriesExhausted: false,
  });
  expect(requests).toBe(0);
});

it('ends a connection that does not come to stand', async () => {
  // Takes connections, but never answers the TLS handshake.
  const server = await startWireServer(() => undefined);
  const client = testClient({
    baseUrl: `https://127.0.0.1:${server.port}`,
    timeouts: { connectMs: 10 },
    retry: { attempts: 1 },
  });

  await expect(client.requestJson('/list')).rejects.toMatchObject({
    name: 'TimeoutError',
    code: 'CONNECT_TIMEOUT',
    message: `GET https://127.0.0.1:${server.port}/list: no connection within 10 ms; gave up after 1 attempt`,
  });
  await server.allClosed();
});

it('never sends what goes to a loopback address through a proxy', async () => {
  const proxy = await startProxy(undefined);
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
  vi.stubEnv('http_proxy', `http://127.0.0.1:${proxy.port}`);
  const server = await startWireServer((socket) => socket.write(jsonAnswer(['done'])));
  const client = testClient({ baseUrl: server.baseUrl });

  expect((await client.requestJson('/list')).body).toEqual(['done']);
  expect(proxy.seen).toEqual([]);
});

it.each([
  ['503 Service Unavailable', 2, true],
  ['407 Proxy Authentication Required', 1, false],
])('tells of a proxy that answers %s, and shows it no credentials', async (refusal, attempts, retriesExhausted) => {
  const proxy = await startProxy(undefined, refusal);
  vi.stubEnv('NO_PROXY', '');
  vi.stubEnv('no_proxy', '');
  vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
  const auth = bearerAuth({ token: TOKEN });
  const client = testClient({ baseUrl: 'https://api.example.com', auth, retry: { attempts: 2, baseDelayMs: 0 } });

  await expect(client.requestJson('/list?token=x')).rejects.toMatchObject({
    name: 'ConnectionError',
    code: 'PROXY_REFUSED',
    attempts,
    retriesExhausted,
    message: expect.stringContaining(
      `could not be reached: the proxy answered ${refusal.slice(0, 3)} (PROXY_REFUSED)`,
    ) as string,
  });
  expect(proxy.seen).toHaveLength(attempts);
  expect(proxy.seen.join()).toMatch(/^CONNECT api\.example\.com:443 /);
  expect(proxy.seen.join()).not.toContain(TOKEN);
});

it('refuses a proxy variable that is no URL, without repeating it', () => {
  vi.stubEnv('https_proxy', 'user:canary@proxy:3128');

  expect(() => testClient({ baseUrl: 'https://api.example.com' })).toThrow(
    new TypeError('HTTP_PROXY or HTTPS_PROXY is not a URL: it looks like http://host:port'),
  );
});

it('trusts the authorities of NODE_EXTRA_CA_CERTS, goes through HTTPS_PROXY, and lets the process end', async () => {
  const { key, cert } = selfSigned(['api.example.com']);
  const server = createHttpsServer({ key, cert }, (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([request.headers.host, request.headers.authorization]));
  });
  const proxy = await startProxy(await listen(server));

  const { stdout, stderr } = await runProgram(
    `const auth = bearerAuth({ token: process.env.TOKEN });
     const client = new HttpClient({ baseUrl: 'https://api.example.com', product: { name: 'acme', version: '1' }, auth });
     const answers = [await client.requestJson('/a'), await client.requestJson('/b')];
     console.log(JSON.stringify(answers.map(({ body }) => body)));
     await client.close();`,
    { TOKEN, NODE_EXTRA_CA_CERTS: fileOf(cert), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
  );

  expect(JSON.parse(stdout)).toEqual(Array(2).fill(['api.example.com', `Bearer ${TOKEN}`]));
  expect(stderr).toBe('');
  expect(proxy.seen.join()).toMatch(/^CONNECT api\.example\.com:443 /);
  expect(proxy.seen.join()).not.toContain(TOKEN);
});

it('believes the date of a verified server when Hawk refuses without a reason', async () => {
  const { key, cert } = selfSigned(['127.0.0.1']);
  const timestamps: number[] = [];
  const server = createHttpsServer({ key, cert }, (request, response) => {
    timestamps.push(Number(/ts="(\d+)"/.exec(request.headers.authorization ?? '')?.[1]));
    const serverNow = Date.now() + HOUR_MS;
    const isCurrent = Math.abs((timestamps.at(-1) ?? 0) * 1_000 - serverNow) < 60_000;
    response.writeHead(isCurrent ? 200 : 401, {
      date: new Date(serverNow).toUTCString(),
      'content-type': 'application/json',
    });
    response.end('[]');
  });
  const port = await listen(server);

  const { stdout, stderr } = await runProgram(
    `const auth = hawkAuth({ id: 'user-1', key: 'an-example-key' });
     const client = new HttpClient({ baseUrl: 'https://127.0.0.1:${port}', product: { name: 'acme', version: '1' }, auth });
     const { status } = await client.requestJson('/a');
     console.log(status, client.stats.requests);
     await client.close();`,
    { NODE_EXTRA_CA_CERTS: fileOf(cert) },
  );

  expect([stdout, stderr]).toEqual(['200 2\n', '']);
  expect(timestamps).toHaveLength(2);
});

it('lets the process end although nobody has closed the client', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer(['done'])));

  const { stdout } = await runProgram(
    `const auth = bearerAuth({ token: 'token-1' });
     const client = new HttpClient({ baseUrl: '${server.baseUrl}', product: { name: 'acme', version: '1' }, auth });
     const { body } = await client.requestJson('/a');
     console.log(JSON.stringify(body));`,
    {},
  );

  expect(stdout).toBe('["done"]\n');
});
