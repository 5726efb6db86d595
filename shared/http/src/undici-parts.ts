import { createRequire } from 'node:module';
import type * as Undici from 'undici';

/*
 * What is used of undici, and what that needs: its index loads fetch, caches, mocks and more besides, which takes a tenth
 * of a second in each process. Its files are no public interface, so the range of versions that we depend on is a narrow
 * one; tests against real sockets see it when a file has moved.
 */
const require = createRequire(import.meta.url);

export const Agent = require('undici/lib/dispatcher/agent.js') as typeof Undici.Agent;
export const EnvHttpProxyAgent =
  require('undici/lib/dispatcher/env-http-proxy-agent.js') as typeof Undici.EnvHttpProxyAgent;
export const Pool = require('undici/lib/dispatcher/pool.js') as typeof Undici.Pool;
export const buildConnector = require('undici/lib/core/connect.js') as typeof Undici.buildConnector;

// As the index does it: the agent for proxies calls `connect` of the connection to the proxy.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js') as typeof Undici.Dispatcher;
Object.assign(Dispatcher.prototype, { connect: require('undici/lib/api/api-connect.js') as unknown });
