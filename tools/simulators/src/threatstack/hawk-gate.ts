import type { FastifyRequest } from 'fastify';
import { server as hawk, utils as hawkUtils } from 'hawk';
import type { SimulatorClock } from '../kit/simulator.js';
import type { ThreatStackOptions } from './definition.js';
import { NonceStore } from './nonce-store.js';

type CredentialsFunction = Parameters<typeof hawk.authenticate>[1];
type HawkCredentials = Awaited<ReturnType<CredentialsFunction>>;

export interface User {
  readonly id: string;
  readonly apiKey: string;
}

/** A request whose signature was right. */
export interface Session {
  readonly userId: string;
  /** The organization that the request names (Hawk's `ext`); the gate does not look at it. */
  readonly organizationId: string | undefined;
  /** The value of the Server-Authorization header for a body of the answer. */
  readonly signAnswer: (body: string, contentType: string) => string;
}

/** A request whose signature was missing or wrong, with the answer that the reference implementation gives. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  /** The WWW-Authenticate header. */
  readonly challenge: string | undefined;
}

/** Checks Hawk signatures with the reference implementation: attributes, user, MAC, nonce, time, in this order. */
export class HawkGate {
  readonly #credentials: ReadonlyMap<string, HawkCredentials>;
  readonly #clock: SimulatorClock;
  readonly #options: Readonly<ThreatStackOptions>;
  readonly #nonces = new NonceStore();

  constructor(users: readonly User[], clock: SimulatorClock, options: Readonly<ThreatStackOptions>) {
    this.#credentials = new Map(users.map(({ id, apiKey }) => [id, { user: id, key: apiKey, algorithm: 'sha256' }]));
    this.#clock = clock;
    this.#options = options;
  }

  async check(request: FastifyRequest): Promise<Session | Refusal> {
    const now = this.#clock.now();
    // An unknown user is null to the library; its type leaves that out.
    const find = ((id: string) => this.#credentials.get(id) ?? null) as CredentialsFunction;
    try {
      const { credentials, artifacts } = await hawk.authenticate(request.raw, find, {
        timestampSkewSec: this.#options.skewSeconds,
        // The library reads the system clock; the difference makes it see the simulator's.
        // The library has a clock of its own; the difference makes it see the simulator's.
        localtimeOffsetMsec: now - hawkUtils.now(0),
        nonceFunc: (key, nonce) => {
          if (!this.#nonces.use(key, nonce, now)) throw new Error('This nonce was used before.');
        },
      });
      return {
        userId: credentials.user,
        organizationId: artifacts.ext,
        signAnswer: (payload, contentType) => hawk.header(credentials, artifacts, { payload, contentType }),
      };
    } catch (error) {
      return this.#refusal(error);
    }
  }

  #refusal(error: unknown): Refusal {
    if (!isBoom(error)) throw error;
    const challenge = error.output.headers['WWW-Authenticate'];
    return {
      status: error.output.statusCode,
      reason: error.message,
      challenge: this.#options.staleTimestampHint ? challenge : challenge?.replace(/ts="\d+", tsm="[^"]+", /, ''),
    };
  }
}

/** The library's errors carry a ready answer; they come from a package of its own that it does not export. */
interface Boom extends Error {
  readonly output: { readonly statusCode: number; readonly headers: Readonly<Record<string, string | undefined>> };
}

function isBoom(error: unknown): error is Boom {
  return error instanceof Error && 'isBoom' in error && error.isBoom === true;
}
