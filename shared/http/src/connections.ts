import type { buildConnector as Connect, Dispatcher } from 'undici';
import { isLoopback } from './base-url.js';
import { BackPressure } from './back-pressure.js';
import { Agent, buildConnector, EnvHttpProxyAgent, Pool } from './undici-parts.js';

/** Connections, and what holds back the servers at their other end. */
export interface Connections {
  readonly dispatcher: Dispatcher;
  readonly backPressure: BackPressure;
}

/**
 * The connections of one client: keep-alive, HTTP(S)_PROXY and NO_PROXY (but never for a loopback address: a proxy would
 * see the plain request).
 *
 * @throws TypeError when a proxy variable is not a URL; without its value, which may hold a password
 */
export function openConnections(baseUrl: URL, connectMs: number): Connections {
  const backPressure = new BackPressure();
  // Time limits of headers and body are the client's own: they follow its clock, and stand still while a consumer pauses.
  const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectMs } };
  const options = { ...limits, factory: poolFactory(backPressure) };
  if (isLoopback(baseUrl)) return { dispatcher: new Agent(options), backPressure };
  const tls = { timeout: connectMs };
  try {
    return { dispatcher: new EnvHttpProxyAgent({ ...options, requestTls: tls, proxyTls: tls }), backPressure };
  } catch {
    throw new TypeError('HTTP_PROXY or HTTPS_PROXY is not a URL: it looks like http://host:port');
  }
}

function poolFactory(backPressure: BackPressure): (origin: string | URL, options: object) => Dispatcher {
  return (origin, options) => {
    const { connect } = options as { connect: Connect.connector | Connect.BuildOptions };
    const connector = typeof connect === 'function' ? connect : buildConnector(connect);
    return new Pool(origin, { ...options, connect: endingUnpaused(connector, backPressure) });
  };
}

/**
 * undici 7 fails when a server closes a connection while its answer is held back: with an assertion that ends the process
 * (`connection: close`), or by taking a complete answer for a cut one (https://github.com/nodejs/undici/issues/5360, mended
 * in undici 8 only). So before undici learns that a connection ends, all answers go on for a moment.
 */
function endingUnpaused(connect: Connect.connector, backPressure: BackPressure): Connect.connector {
  const suspend = (): void => {
    backPressure.suspend();
  };
  return (options, callback) => {
    connect(options, (...result) => {
      // undici listens only after this, so ours is called first.
      result[1]?.on('end', suspend).on('error', suspend);
      callback(...result);
    });
  };
}
