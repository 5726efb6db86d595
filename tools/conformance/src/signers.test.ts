import { createHash, createHmac } from 'node:crypto';
import { escherAuth, hawkAuth, HttpClient, signedKeyAuth, type AuthScheme } from '@vendor-graph/http';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

/** Printed when a property fails, together with the path to the smallest counter-example. */
const SEED = 20_260_115;
const RUNS = 100;

let simulator: Simulator;
afterEach(async () => {
  await simulator.close();
});

/** A value of the simulator's own credentials. */
function credential(field: string): string {
  return simulator.credentials['default']?.[field] ?? '';
}

const SCHEMES: readonly [scheme: string, simulator: string, path: string, auth: () => AuthScheme][] = [
  [
    'Hawk',
    'threatstack',
    '/v2/agents/',
    () => hawkAuth({ id: credential('userId'), key: credential('apiKey'), ext: credential('orgId') }),
  ],
  [
    'the signed key',
    'aquasec',
    '/v2/groups/',
    () => signedKeyAuth({ apiKey: credential('apiKey'), apiSecret: credential('apiSecret') }),
  ],
  [
    'Escher',
    'panoptica',
    '/images/',
    () =>
      escherAuth({
        accessKeyId: credential('accessKey'),
        secretKey: credential('secretKey'),
        credentialScope: 'global/services/portshift_request',
      }),
  ],
];

describe('signatures', () => {
  // The simulators verify what arrives on the wire with code of their own.
  it.each(SCHEMES)('of %s are right for any path and query', async (_scheme, name, path, auth) => {
    simulator = await startSimulator(name, name === 'threatstack' ? { rateLimit: 0 } : {});
    const client = new HttpClient({
      baseUrl: simulator.baseUrl,
      product: { name: 'signers', version: '1.0.0' },
      auth: auth(),
    });
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((one) => !/^\.{1,2}$/.test(one));
    const query = fc.dictionary(
      fc.stringMatching(/^[a-z][\w.~-]{0,8}$/),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      { maxKeys: 4 },
    );

    await fc.assert(
      fc.asyncProperty(text, query, async (id, parameters) => {
        const answer = await client.requestJson(`${path}${encodeURIComponent(id)}`, {
          query: parameters,
          accept: [400, 404],
        });

        expect([200, 400, 404]).toContain(answer.status);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    await client.close();

    expect(simulator.traffic.refusals).toEqual({});
    expect(simulator.traffic.count()).toBeGreaterThanOrEqual(RUNS);
  });

  it('of Hawk are the MACs that its specification writes down, for any request', async () => {
    simulator = await startSimulator('threatstack', { agents: 0, cves: 0 });
    await fc.assert(
      fc.asyncProperty(
        fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
        fc.constantFrom('GET', 'POST'),
        fc.option(fc.string({ maxLength: 40 }), { nil: undefined }),
        async (address, method, body) => {
          const url = new URL(address);
          const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
          const auth = hawkAuth({ id: 'id', key: 'a-key-0123', ext: 'organization', nonce: () => 'nonce' });

          const { authorization = '' } = await auth.sign({ method, url, headers, body, attempt: 1 });

          const given = Object.fromEntries(
            [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
          );
          const hash =
            body === undefined
              ? ''
              : createHash('sha256').update(`hawk.1.payload\napplication/json\n${body}\n`).digest('base64');
          const port = url.port === '' ? '443' : url.port;
          const lines = [
            'hawk.1.header',
            given['ts'],
            'nonce',
            method,
            url.pathname + url.search,
            url.hostname,
            port,
            hash,
            'organization',
          ];
          const mac = createHmac('sha256', 'a-key-0123')
            .update(`${lines.join('\n')}\n`)
            .digest('base64');
          expect(given['mac']).toBe(mac);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('are not made anew by whatever a WWW-Authenticate header says', async () => {
    simulator = await startSimulator('threatstack', { agents: 0, cves: 0 });
    const auth = hawkAuth({ id: 'id', key: 'a-key-0123' });
    const attribute = fc
      .tuple(fc.constantFrom('ts', 'tsm', 'error', 'x'), fc.string({ maxLength: 20 }))
      .map(([key, value]) => `${key}="${value}"`);
    const header = fc.oneof(
      fc.string(),
      fc.array(attribute).map((all) => `Hawk ${all.join(', ')}`),
    );

    await fc.assert(
      fc.asyncProperty(header, async (challenge) => {
        const request = { method: 'GET', url: new URL('http://127.0.0.1/'), headers: {}, attempt: 1 };
        const answer = { status: 401, headers: { 'www-authenticate': challenge }, secure: false } as const;

        expect(await auth.recover?.(answer, request)).toBe(false);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
