import { createRequire } from 'node:module';
import type EscherAuth from 'escher-auth';
import type { AuthScheme } from './auth-scheme.js';

const require = createRequire(import.meta.url);

/**
 * [Escher](https://escherauth.io/) request signing with the `escher-auth` package: headers `X-Escher-Date` and
 * `X-Escher-Auth`, signed are host and date, algorithm ESR-HMAC-SHA256.
 *
 * The package reads the system clock itself, once per signature, so that date and signature always agree.
 *
 * @param options.secretKey used as text, not decoded
 * @param options.credentialScope for example `eu/service/escher_request`
 *
 * @example
 * import { escherAuth } from '@vendor-graph/http';
 * const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };
 * const auth = escherAuth({ accessKeyId: 'key-1', secretKey: 'a-secret', credentialScope: 'eu/acme/escher_request' });
 *
 * 'x-escher-auth' in (await auth.sign(request)); // => true
 */
export function escherAuth(options: { accessKeyId: string; secretKey: string; credentialScope: string }): AuthScheme {
  const { accessKeyId, secretKey, credentialScope } = options;
  // Loaded here, because few APIs are signed for in this way.
  const Escher = require('escher-auth') as typeof EscherAuth;
  const escher = new Escher({ accessKeyId, apiSecret: secretKey, credentialScope });
  return {
    secrets: [secretKey],
    sign({ method, url, body = '' }) {
      // A date header of ours would make the package read the clock a second time, for the signature.
      const request = { method, url: url.pathname + url.search, headers: hostOnly(url) };
      return Object.fromEntries(escher.signRequest(request, body).headers);
    },
  };
}

/** The package signs `host` only when it is among the headers; `url.host` is what goes on the wire. */
function hostOnly(url: URL): [string, string][] {
  return [['host', url.host]];
}
