import { onTestFinished } from 'vitest';
import type { AuthScheme } from '../auth/auth-scheme.js';
import type { HttpClientOptions } from '../client-options.js';
import { HttpClient } from '../http-client.js';

/** Signs nothing. */
export const noAuth: AuthScheme = { secrets: [], sign: () => ({}) };

/** A client with settings that suit most tests: no authentication, no jitter. It is closed with the running test. */
export function testClient(options: Partial<HttpClientOptions> & Pick<HttpClientOptions, 'baseUrl'>): HttpClient {
  const client = new HttpClient({
    product: { name: 'acme', version: '1.2.3' },
    auth: noAuth,
    random: () => 0,
    ...options,
  });
  onTestFinished(async () => {
    await client.close();
  });
  return client;
}
