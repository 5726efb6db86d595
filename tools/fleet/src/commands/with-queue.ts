import type { Redis } from 'ioredis';
import { openQueue, type FleetQueue } from '../queue/fleet-queue.js';
import { assertRedis, patientConnection, redisUrl } from '../queue/redis-connection.js';

/**
 * Does something with the queue, and closes it.
 *
 * @throws CommandError when Redis does not answer.
 */
export async function withQueue<Result>(work: (queue: FleetQueue, redis: Redis) => Promise<Result>): Promise<Result> {
  const url = redisUrl(process.env);
  await assertRedis(url);
  const redis = patientConnection(url, () => undefined);
  const queue = openQueue(redis);
  try {
    return await work(queue, redis);
  } finally {
    await queue.close();
    redis.disconnect();
  }
}
