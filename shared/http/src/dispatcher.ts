import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { isLoopback } from './base-url.js';

/**
 * The connections of one client: keep-alive, HTTP(S)_PROXY and NO_PROXY (but never for a loopback address: a proxy would
 * see the plain request).
 *
 * @throws TypeError when a proxy variable is not a URL; without its value, which may hold a password
 */
export function createDispatcher(baseUrl: URL, connectMs: number): Dispatcher {
  // Time limits of headers and body are the client's own: they follow its clock, and stand still while a consumer pauses.
  const options = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectMs } };
  if (isLoopback(baseUrl)) return new Agent(options);
  try {
    return new EnvHttpProxyAgent({ ...options, requestTls: { timeout: connectMs }, proxyTls: { timeout: connectMs } });
  } catch {
    throw new TypeError('HTTP_PROXY or HTTPS_PROXY is not a URL: it looks like http://host:port');
  }
}
