import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonLines } from './json-lines.js';
import { settleKitOptions } from './kit-options.js';
import { serveApi } from './serve-api.js';
import type { KitOptions, Simulator } from './simulator.js';

const WORDS = JSON.stringify({ words: 'one two three' });
const START = Date.UTC(2024, 2, 1, 9, 15, 30);

describe('serveApi', () => {
  let agent: Agent;
  let simulator: Simulator | undefined;

  beforeEach(() => {
    agent = new Agent();
  });

  afterEach(async () => {
    await agent.destroy();
    await simulator?.close();
    simulator = undefined;
  });

  async function serve(options: KitOptions = {}): Promise<Simulator> {
    simulator = await serveApi({
      vendor: 'acme',
      kit: settleKitOptions({ clock: { now: () => START }, ...options }),
      basePath: '/api',
      credentials: { default: { apiKey: 'key' } },
      routes: (scope, { traffic }) => {
        scope.get('/words', async (_request, reply) => reply.type('application/json').send(WORDS));
        scope.get('/lines', async (_request, reply) => reply.send(jsonLines(numbers(20_000))));
        scope.post('/echo', async (incoming, reply) => reply.send(incoming.body));
        scope.get('/secret', async (_request, reply) => {
          traffic.refused('no key');
          return reply.code(401).send('no');
        });
        scope.setNotFoundHandler((_request, reply) => reply.code(404).send('nothing here'));
      },
    });
    return simulator;
  }

  async function get(path: string, headers: Record<string, string> = {}): ReturnType<typeof request> {
    return request(`${simulator?.baseUrl ?? ''}${path}`, { dispatcher: agent, headers });
  }

  it('serves the routes below the base path on loopback', async () => {
    const { baseUrl } = await serve();

    const answer = await get('/words');

    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    expect(answer.statusCode).toBe(200);
    expect(await answer.body.text()).toBe('{"words":"one two three"}');
  });
});

function* numbers(count: number): Generator<{ n: number }> {
  for (let n = 0; n < count; n += 1) yield { n };
}
