import { createHmac } from 'node:crypto';
import type { Clock } from '@vendor-graph/flow-control';
import { systemClock } from '@vendor-graph/flow-control';
import type { AuthScheme } from './auth-scheme.js';

/**
 * An API key with an HMAC signature: `X-API-Key`, `X-Timestamp` (Unix seconds) and `X-Signature`, the lower-case hex
 * HMAC-SHA256 of timestamp + METHOD + path + body, without separators. The query string is not signed; that is the
 * scheme's design, and a server refuses a signature that covers it.
 *
 * @param options.apiKey identifies the key pair
 * @param options.apiSecret used byte for byte as UTF-8 text, never decoded
 * @param options.clock tells the time that is signed
 * @param options.signedPath which path is signed; by default the part from `/v2` on, so that a prefix of the base URL
 * (proxy, stage) stays outside
 *
 * @example
 * import { signedKeyAuth } from '@vendor-graph/http';
 * const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };
 * const headers = await signedKeyAuth({ apiKey: 'key-1', apiSecret: 'a-secret' }).sign(request);
 *
 * Object.keys(headers); // => ['x-api-key', 'x-timestamp', 'x-signature']
 */
export function signedKeyAuth(options: {
  apiKey: string;
  apiSecret: string;
  clock?: Clock;
  signedPath?: (url: URL) => string;
}): AuthScheme {
  const { apiKey, apiSecret, clock = systemClock, signedPath = pathFromVersion } = options;
  return {
    secrets: [apiKey, apiSecret],
    sign({ method, url, body = '' }) {
      const timestamp = String(Math.floor(clock.now() / 1000));
      const signature = createHmac('sha256', apiSecret)
        .update(timestamp + method.toUpperCase() + signedPath(url) + body, 'utf8')
        .digest('hex');
      return { 'x-api-key': apiKey, 'x-timestamp': timestamp, 'x-signature': signature };
    },
  };
}

function pathFromVersion(url: URL): string {
  const start = /\/v2(?=\/|$)/.exec(url.pathname)?.index ?? 0;
  return url.pathname.slice(start);
}
