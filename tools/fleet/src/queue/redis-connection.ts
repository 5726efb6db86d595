import { readFileSync } from 'node:fs';
import { CommandError } from '@vendor-graph/cli';
import { Redis, type RedisOptions } from 'ioredis';

const URL_VARIABLE = 'VENDOR_GRAPH_REDIS_URL';
const FILE_VARIABLE = 'VENDOR_GRAPH_REDIS_URL_FILE';
/** After a lost connection the next try comes at the latest after so long. */
const LONGEST_RECONNECT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * The address of Redis: from the environment, or from the file that the environment names. Not from the command line,
 * which everybody on the machine can read.
 *
 * @throws CommandError without one, or with one that is none; the address, which may hold a password, is never repeated.
 */
export function redisUrl(env: Readonly<NodeJS.ProcessEnv>): string {
  const file = env[FILE_VARIABLE] ?? '';
  const url = file === '' ? (env[URL_VARIABLE] ?? '') : readUrlFile(file);
  const example = `Set ${URL_VARIABLE}, e.g. redis://127.0.0.1:6379/0, or ${FILE_VARIABLE} to a file that holds it.`;
  if (url.trim() === '') throw new CommandError(`Which Redis? ${example}`);
  if (!isRedisUrl(url.trim())) throw new CommandError(`The address of Redis is wrong. ${example}`);
  return url.trim();
}

/**
 * A connection for the queue: commands wait while Redis is away, and are sent when it is back.
 *
 * @param onLost told when the connection is lost, and why; ioredis goes on trying.
 */
export function patientConnection(url: string, onLost: (reason: string) => void): Redis {
  return connection(url, { maxRetriesPerRequest: null }, onLost);
}

/** A connection whose commands fail at once while Redis is away, and after so long when it does not answer. */
export function impatientConnection(url: string, commandTimeoutMs: number): Redis {
  const options = { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: commandTimeoutMs };
  return connection(url, options, () => undefined);
}

/**
 * Waits until Redis answers.
 *
 * @throws CommandError when it does not.
 */
export async function assertRedis(url: string): Promise<void> {
  let lost: string | undefined;
  const redis = connection(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null }, (reason) => {
    lost = reason;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { host, port } = redis.options;
    throw new CommandError(
      `Redis at ${host ?? 'localhost'}:${port ?? 6379} does not answer (${lost ?? reasonOf(error)}). Is it running, and are user and password right?`,
    );
  } finally {
    redis.disconnect();
  }
}

function connection(url: string, options: RedisOptions, onLost: (reason: string) => void): Redis {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(LONGEST_RECONNECT_MS, 50 * 2 ** Math.min(times, 10)),
    ...options,
  });
  redis.on('error', (error) => {
    onLost(reasonOf(error));
  });
  return redis;
}

function readUrlFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${FILE_VARIABLE} names ${path}, which cannot be read (${reasonOf(error)}).`);
  }
}

function isRedisUrl(url: string): boolean {
  try {
    return ['redis:', 'rediss:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** The code alone where there is one: messages of connection errors repeat addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
