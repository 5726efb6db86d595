import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Escher, { type EscherConfig, type EscherRequest } from 'escher-auth';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { escherAuth } from './escher.js';

/** A case of the Escher project's own suite, which comes inside its package. */
interface SigningCase {
  headersToSign: string[];
  /** One case lacks a body, to see that this is refused. */
  request: EscherRequest & { body: string };
  config: EscherConfig & { date: string };
  expected: { request?: EscherRequest; authHeader?: string; error?: string };
}

const require = createRequire(import.meta.url);
const suite = join(dirname(require.resolve('escher-auth/package.json')), 'escher-test-cases');
const cases = readdirSync(suite, { recursive: true, encoding: 'utf8' })
  .filter((path) => /signrequest-[^/\\]*\.json$/.test(path))
  .sort()
  .map((path) => ({ path, ...(JSON.parse(readFileSync(join(suite, path), 'utf8')) as SigningCase) }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

it('finds the whole suite', () => {
  const failing = cases.filter(({ expected }) => expected.error !== undefined);

  expect([cases.length, failing.length]).toEqual([49, 4]);
});

it.each(cases.filter(({ expected }) => expected.request !== undefined))(
  'signs the suite case $path',
  ({ config, request, headersToSign, expected }) => {
    vi.setSystemTime(new Date(config.date));

    const signed = new Escher(config).signRequest(structuredClone(request), request.body, headersToSign);

    expect(byName(signed.headers)).toEqual(byName(expected.request?.headers ?? []));
  },
);

it.each(cases.filter(({ expected }) => expected.error !== undefined))(
  'refuses the suite case $path',
  ({ config, request, headersToSign, expected }) => {
    vi.setSystemTime(new Date(config.date));

    expect(() => new Escher(config).signRequest(request, request.body, headersToSign)).toThrow(expected.error);
  },
);

it("signs the suite's case of the default configuration with our scheme", async () => {
  const found = cases.find(({ path }) => path.endsWith('signrequest-default-config.json'));
  if (found === undefined) throw new Error('the suite has no such case any more');
  const { config, request, expected } = found;
  vi.setSystemTime(new Date(config.date));
  const auth = escherAuth({
    accessKeyId: config.accessKeyId ?? '',
    secretKey: config.apiSecret ?? '',
    credentialScope: config.credentialScope ?? '',
  });

  const headers = await auth.sign({
    method: request.method,
    url: new URL(`https://host.foo.com${request.url}`),
    headers: {},
    attempt: 1,
  });

  expect(headers['x-escher-auth']).toBe(expected.authHeader);
  expect(headers['x-escher-auth']).toContain('229f50db7e4056039951c00a70569ea1de0c212d6708d15ace7bebcbc9d1adbb');
});

function byName(headers: readonly (readonly [string, string])[]): string[] {
  return headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
}
