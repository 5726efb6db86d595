import type { buildConnector as Connect, Dispatcher } from 'undici';
import { isLoopback } from './base-url.js';
import { BackPressure } from './back-pressure.js';
import { Agent, buildConnector, EnvHttpProxyAgent, Pool } from './undici-parts.js';

/**
 * The connections of one client: keep-alive, HTTP(S)_PROXY and NO_PROXY (but never for a loopback address: a proxy would
 * see the plain request).
 */
export class Connections {
  readonly backPressure = new BackPressure();
  /** Sends over a connection that is idle, or else over a new one. */
  readonly kept: Dispatcher;
  readonly #open: () => Dispatcher;
  #unused: Dispatcher | undefined;

  /** @throws TypeError when a proxy variable is not a URL; without its value, which may hold a password */
  constructor(baseUrl: URL, connectMs: number) {
    this.#open = () => openDispatcher(baseUrl, connectMs, this.backPressure);
    this.kept = this.#open();
  }

  /** Sends over a new connection, which ends with the answer. */
  get unused(): Dispatcher {
    this.#unused ??= this.#open().compose(
      (dispatch) => (options, handler) => dispatch({ ...options, reset: true }, handler),
    );
    return this.#unused;
  }

  async close(): Promise<void> {
    await Promise.all([this.kept.destroy(), this.#unused?.destroy()]);
  }
}

function openDispatcher(baseUrl: URL, connectMs: number, backPressure: BackPressure): Dispatcher {
  // Time limits of headers and body are the client's own: they follow its clock, and stand still while a consumer pauses.
  const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectMs } };
  const options = { ...limits, factory: poolFactory(backPressure) };
  if (isLoopback(baseUrl)) return new Agent(options);
  const tls = { timeout: connectMs };
  try {
    return new EnvHttpProxyAgent({ ...options, requestTls: tls, proxyTls: tls });
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
