import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const PROGRAM = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server';

/** Where a Redis runs. */
interface RedisPlace {
  /** It listens on all of them; the first one is used to talk to it. */
  addresses: readonly [string, ...string[]];
  /** The command that it is started by, such as one that changes the network namespace. */
  startedBy: readonly string[];
}

const LOOPBACK: RedisPlace = { addresses: ['127.0.0.1'], startedBy: [] };

/** A Redis of its own, by default on a free loopback port, with the settings that the documentation advises. */
export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'fleet-redis-'));
  readonly port: number;
  readonly #place: RedisPlace;
  #process: ChildProcess | undefined;

  private constructor(port: number, place: RedisPlace) {
    this.port = port;
    this.#place = place;
  }

  get url(): string {
    return this.urlAt(this.#place.addresses[0]);
  }

  static async start(place: RedisPlace = LOOPBACK): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), place);
    await server.start();
    return server;
  }

  /** How it is reached by another of its addresses. */
  urlAt(address: string): string {
    return `redis://${address}:${this.port}/0`;
  }

  /** Starts it, again with what it had before. */
  async start(): Promise<void> {
    const { addresses, startedBy } = this.#place;
    const [program, ...args] = [...startedBy, PROGRAM];
    this.#process = spawn(
      program,
      [
        ...args,
        ...['--port', String(this.port), '--bind', ...addresses, '--protected-mode', 'no', '--dir', this.folder],
        // Plain text on disk, so that it can be searched.
        ...['--rdbcompression', 'no', '--aof-use-rdb-preamble', 'no'],
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction', '--save', ''],
      ],
      { stdio: 'ignore' },
    );
    const redis = new Redis(this.url, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    await redis.ping();
    redis.disconnect();
  }

  /** As a power cut would: without a last word. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Everything that it has written to disk, after it was told to write all of it. */
  async dump(): Promise<string> {
    const redis = new Redis(this.url);
    await redis.bgrewriteaof();
    await redis.save();
    redis.disconnect();
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
  }

  /** Bytes that it uses. */
  async memory(): Promise<number> {
    const redis = new Redis(this.url);
    const used = /used_memory:(\d+)/.exec(await redis.info('memory'));
    redis.disconnect();
    return Number(used?.[1]);
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port of loopback that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
