import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import type { TrafficLog } from '../kit/traffic.js';
import { sendError, sendProblem } from './answers.js';
import { isRefusal, KeyRing } from './authentication.js';
import type { Area, Caller } from './authentication.js';
import type { Credentials } from './credentials.js';
import type { RunZeroOptions } from './definition.js';
import { Quota } from './quota.js';
import type { Organization, Tenancy } from './tenancy.js';

/** The state of one simulated console, and the checks that every route begins with. */
export class Console {
  readonly options: RunZeroOptions;
  readonly kit: SettledKitOptions;
  readonly tenancy: Tenancy;
  readonly credentials: Credentials;
  readonly #traffic: TrafficLog;
  readonly #keys: KeyRing;
  readonly #quota: Quota;

  constructor(parts: Pick<Console, 'options' | 'kit' | 'tenancy' | 'credentials'>, traffic: TrafficLog) {
    this.options = parts.options;
    this.kit = parts.kit;
    this.tenancy = parts.tenancy;
    this.credentials = parts.credentials;
    this.#traffic = traffic;
    this.#keys = new KeyRing(parts.credentials, parts.tenancy);
    this.#quota = new Quota(parts.options.dailyQuota, parts.options.usedToday);
  }

  /** Checks the key of a request and counts the call. Undefined: it may not go on, and has been told so. */
  admit(area: Area, request: FastifyRequest, reply: FastifyReply): Caller | undefined {
    const caller = this.#keys.caller(area, request.headers.authorization);
    if (isRefusal(caller)) {
      this.#traffic.refused(caller.reason);
      sendError(reply, caller.status, caller.body);
      return undefined;
    }
    if (caller.kind !== 'account') return caller;
    const admitted = this.#quota.take();
    reply.headers(this.#quota.headers());
    if (admitted) return caller;
    sendProblem(reply, 429, 'Too Many Requests', 'The API usage limit of the day is reached.');
    return undefined;
  }

  /** The organization that a call is about. Undefined: there is none, and the caller has been told so. */
  organizationOf(caller: Caller, request: FastifyRequest, reply: FastifyReply): Organization | undefined {
    // A key that belongs to one organization has no choice; `_oid` is for those that open all of them.
    if (caller.kind !== 'account') return caller.organization;
    const { _oid: id } = request.query as Record<string, unknown>;
    const organization = this.tenancy.organizations.find((one) => one.id === id);
    if (organization === undefined) sendProblem(reply, 400, 'Bad Request', 'An organization is required: _oid.');
    return organization;
  }
}
