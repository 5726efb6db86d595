import { lookup } from 'node:dns/promises';
import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { duration } from '../terminal/amounts.js';
import type { CheckResult } from './check-report.js';

/** Beyond this a signature is refused by the strictest vendor, unless its client corrects itself. */
const TOLERATED_SKEW_MS = 30_000;
/** How long one connection may take to say anything. */
const PROBE_MS = 5_000;

/** Words for what keeps a secure connection from being made; others are told by their code. */
const TLS_PROBLEMS: Readonly<Record<string, string>> = Object.freeze({
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed: name its authority in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the certificate comes from an unknown authority, maybe of a proxy that reads along: name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified: name its authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an unknown authority: name it in NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
});

/**
 * Looks at the way to a server, without any credentials: its name, the connection, its clock.
 *
 * @param origin scheme, host and port.
 * @param now ms since the epoch.
 */
export async function probeServer(
  origin: URL,
  env: Readonly<NodeJS.ProcessEnv>,
  now: () => number = Date.now,
): Promise<CheckResult[]> {
  const proxy = isLoopback(origin) ? undefined : proxyVariable(origin, env);
  const name = await resolveName(origin, proxy);
  const { connection, clock } = await connect(origin, proxy, now);
  return [name, connection, clock];
}

async function resolveName({ hostname }: URL, proxy: string | undefined): Promise<CheckResult> {
  const check = 'name resolution';
  // A proxy resolves names by itself.
  const unresolved = proxy === undefined ? 'failed' : 'unknown';
  try {
    const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
    return { check, status: 'ok', detail: `${hostname} is ${addresses.map(({ address }) => address).join(', ')}` };
  } catch (error) {
    const left = proxy === undefined ? '' : ', which is left to the proxy';
    return { check, status: unresolved, detail: `${hostname} cannot be resolved (${codeOf(error)})${left}` };
  }
}

async function connect(
  origin: URL,
  proxy: string | undefined,
  now: () => number,
): Promise<{ connection: CheckResult; clock: CheckResult }> {
  const way = `${origin.protocol.slice(0, -1)}${proxy === undefined ? ', no proxy' : `, through the proxy of ${proxy}`}`;
  let dispatcher: Dispatcher | undefined;
  try {
    dispatcher = proxy === undefined ? new Agent() : new EnvHttpProxyAgent();
    const sentAt = now();
    const { headers, body } = await request(origin, {
      dispatcher,
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    const receivedAt = now();
    await body.dump();
    return {
      connection: { check: 'connection', status: 'ok', detail: `${way}, answered in ${duration(receivedAt - sentAt)}` },
      clock: clockCheck(headers['date'], (sentAt + receivedAt) / 2),
    };
  } catch (error) {
    const code = codeOf(error);
    return {
      connection: { check: 'connection', status: 'failed', detail: `${way}: ${TLS_PROBLEMS[code] ?? code}` },
      clock: { check: 'clock', status: 'unknown', detail: 'the server told no time' },
    };
  } finally {
    await dispatcher?.close().catch(() => undefined);
  }
}

function clockCheck(date: string | string[] | undefined, at: number): CheckResult {
  const check = 'clock';
  const served = Date.parse(String(date));
  if (Number.isNaN(served)) return { check, status: 'unknown', detail: 'the server told no time' };
  // The header has whole seconds.
  const skew = Math.max(0, Math.abs(served + 500 - at) - 500);
  if (skew <= TOLERATED_SKEW_MS) return { check, status: 'ok', detail: `within ${duration(Math.max(skew, 1000))}` };
  const direction = served > at ? 'behind' : 'ahead of';
  const detail = `this machine is ${duration(skew)} ${direction} the server: set its clock, signatures may be refused`;
  return { check, status: 'warning', detail };
}

/** The variable that names the proxy for an address, as undici reads them. */
function proxyVariable({ protocol, hostname }: URL, env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const names =
    protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const name = names.find((candidate) => (env[candidate] ?? '') !== '');
  if (name === undefined) return undefined;
  const exceptions = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  const isException = exceptions.some(
    (entry) => entry === '*' || hostname === entry || hostname.endsWith(`.${entry.replace(/^\*?\.?/, '')}`),
  );
  return isException ? undefined : name;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'TimeoutError') return `no answer within ${duration(PROBE_MS)}`;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : codeOf(error.cause);
}
