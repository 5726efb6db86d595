import { describe, expect, it } from 'vitest';
import { assertRedis, redisUrl } from './redis-connection.js';

describe('the address of Redis', () => {
  it('comes from the environment', () => {
    expect(redisUrl({ VENDOR_GRAPH_REDIS_URL: ' rediss://host:1/2 ' })).toBe('rediss://host:1/2');
  });

  it.each([
    ['none', {}, 'Which Redis?'],
    ['a wrong one', { VENDOR_GRAPH_REDIS_URL: 'http://:canary@host' }, 'The address of Redis is wrong.'],
    [
      'none in its file',
      { VENDOR_GRAPH_REDIS_URL_FILE: '/nowhere/url' },
      'names /nowhere/url, which cannot be read (ENOENT)',
    ],
  ])('is asked for when there is %s', (_what, env, message) => {
    expect(() => redisUrl(env)).toThrow(message);
    expect(() => redisUrl(env)).not.toThrow('canary');
  });

  it('is named without its password when nobody answers there', async () => {
    const error = await assertRedis('redis://user:canary@127.0.0.1:1/0').catch((reason: unknown) => reason);

    expect(String(error)).toContain('Redis at 127.0.0.1:1 does not answer (ECONNREFUSED)');
    expect(String(error)).not.toContain('canary');
  });
});
