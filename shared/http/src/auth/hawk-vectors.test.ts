import { readFileSync } from 'node:fs';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { hawkAuth } from './hawk.js';

interface Vectors {
  request: {
    name: string;
    url: string;
    method: string;
    credentials: { id: string; key: string };
    timestamp: number;
    nonce: string;
    ext: string | null;
    payload: string | null;
    contentType: string | null;
    mac: string;
    authorization: string;
  }[];
  timestampMac: { credentials: { id: string; key: string }; ts: number; tsm: string }[];
  response: { name: string; forRequest: string; body: string; contentType: string; serverAuthorization: string }[];
}

const vectors = JSON.parse(readFileSync(new URL('./fixtures/hawk-vectors.json', import.meta.url), 'utf8')) as Vectors;

function authAt({ credentials, timestamp, nonce, ext }: Vectors['request'][number]): ReturnType<typeof hawkAuth> {
  return hawkAuth({
    ...credentials,
    clock: clockAt(timestamp * 1000),
    nonce: () => nonce,
    ...(ext === null ? {} : { ext }),
  });
}

function requestOf(vector: Vectors['request'][number]): Parameters<ReturnType<typeof hawkAuth>['sign']>[0] {
  const { method, url, payload, contentType } = vector;
  return {
    method,
    url: new URL(url),
    headers: contentType === null ? {} : { 'content-type': contentType },
    ...(payload === null ? {} : { body: payload }),
    attempt: 1,
  };
}

function clockAt(ms: number): VirtualClock {
  return new VirtualClock(ms);
}

it.each(vectors.request)('signs the published request vector $name', (vector) => {
  expect(authAt(vector).sign(requestOf(vector))).toEqual({ authorization: vector.authorization });
});

it('has a published vector for each kind of request', () => {
  expect(vectors.request.map(({ name }) => name)).toEqual([
    'spec-get',
    'spec-post-payload',
    'lib-https-post-ext',
    'lib-https-post-noext',
    'lib-https-post-empty-payload',
    'api-self-test',
    'api-agents-online',
    'api-agents-page2',
    'api-vulnerabilities',
    'api-loopback-http',
    'api-post-json',
  ]);
});

// The worked examples as the documentation prints them, apart from the file above.
it.each([['http://example.com:8000/resource/1?b=1&a=2', '6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE=']])(
  'makes the MAC of the specification for %s',
  (url, mac) => {
    const auth = hawkAuth({
      id: 'dh37fgj492je',
      key: 'werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn',
      ext: 'some-app-ext-data',
      clock: clockAt(1353832234_000),
      nonce: () => 'j4h3g2',
    });

    expect(auth.sign({ method: 'GET', url: new URL(url), headers: {}, attempt: 1 })).toEqual({
      authorization: `Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", ext="some-app-ext-data", mac="${mac}"`,
    });
  },
);

it.each([
  ['https://api.threatstack.com/help/hawk/self-test', 'gwfx5FcCQcrjcRdfbCSydyYeZGs3efPQckxS19qrQf0='],
  ['https://api.threatstack.com/v2/agents?status=online', '7EFUocamQRi7dpJIS1yrEV3OmSAk/7uo8nn/vAbZU1I='],
  [
    'https://api.threatstack.com/v2/agents?status=online&token=abc%3D%3D',
    'WOWDhK9u/yhBNOmtsdyzP9JiEpjFJixdf7TBXx9+Oyw=',
  ],
  ['https://api.threatstack.com/v2/vulnerabilities', 'Z/G06oo0o8rU6mdRh86ufc+iVsb6jD6IjAhrwVdlNqU='],
  ['http://127.0.0.1:8089/v2/agents?status=online', 'hJBAuFw2CI2kOcTcd7vNgw54KrP9QfsFMhX7gSZ7L4E='],
])('makes the known MAC for GET %s', (url, mac) => {
  const auth = hawkAuth({
    id: '5a1c2d3e4f5a6b7c8d9e0f11',
    key: 'ts-example-api-key-0123456789abcdef',
    ext: '0f1e2d3c4b5a69788796a5b4',
    clock: clockAt(1558888888_999),
    nonce: () => 'Ygvqdz',
  });

  expect(auth.sign({ method: 'GET', url: new URL(url), headers: {}, attempt: 1 })).toEqual({
    authorization: `Hawk id="5a1c2d3e4f5a6b7c8d9e0f11", ts="1558888888", nonce="Ygvqdz", ext="0f1e2d3c4b5a69788796a5b4", mac="${mac}"`,
  });
});

it.each(vectors.timestampMac)('takes the server time $ts with its published MAC', ({ credentials, ts, tsm }) => {
  const offsets: number[] = [];
  const auth = hawkAuth({
    ...credentials,
    clock: clockAt(ts * 1000 - 3_600_000),
    onClockSkew: (offsetMs) => offsets.push(offsetMs),
  });

  const recovered = auth.recover?.(
    {
      status: 401,
      headers: { 'www-authenticate': `Hawk ts="${ts}", tsm="${tsm}", error="Stale timestamp"` },
      secure: false,
    },
    { method: 'GET', url: new URL('http://127.0.0.1/'), headers: {}, attempt: 1 },
  );

  expect(recovered).toBe(true);
  expect(offsets).toEqual([3_600_000]);
});

it.each(vectors.response)('verifies the published answer $name, and refuses it when a byte differs', (vector) => {
  const signed = vectors.request.find(({ name }) => name === vector.forRequest);
  if (signed === undefined) throw new Error(`the vectors hold no request ${vector.forRequest}`);
  const auth = authAt(signed);
  const request = requestOf(signed);
  void auth.sign(request);
  const headers = { 'content-type': vector.contentType, 'server-authorization': vector.serverAuthorization };

  const genuine = auth.verify?.(request, { headers, body: Buffer.from(vector.body) });
  const forged = auth.verify?.(request, { headers, body: Buffer.from(vector.body.replace('null', '"x"')) });

  expect([genuine, forged]).toEqual([true, false]);
});
