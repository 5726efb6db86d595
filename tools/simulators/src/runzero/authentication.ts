import type { Credentials } from './credentials.js';
import type { Organization, Tenancy } from './tenancy.js';

/** Who calls. */
export type Caller =
  { readonly kind: 'account' } | { readonly kind: 'organization' | 'export'; readonly organization: Organization };

/** The parts of the API by what opens them. */
export type Area = 'account' | 'export' | 'organization';

/** A refusal, in the console's own words. */
export interface Refusal {
  readonly status: 400 | 401;
  readonly body: object;
  /** In ours, for the traffic record. */
  readonly reason: string;
}

const ACCEPTED: Readonly<Record<Area, readonly string[]>> = {
  account: ['organization', 'client'],
  export: ['export', 'organization', 'client'],
  organization: ['organization', 'client'],
};

/** Knows every key and token of the simulated account. */
export class KeyRing {
  readonly #callers = new Map<string, Caller>();

  constructor(credentials: Credentials, { organizations }: Tenancy) {
    this.#callers.set(credentials.accountKey, { kind: 'account' });
    this.#callers.set(credentials.accessToken, { kind: 'account' });
    for (const organization of organizations) {
      this.#callers.set(organization.organizationKey, { kind: 'organization', organization });
      if (organization.exportToken !== undefined) {
        this.#callers.set(organization.exportToken, { kind: 'export', organization });
      }
    }
  }

  /** Who sends this authorization header to an area, or why it is refused. */
  caller(area: Area, authorization: string | undefined): Caller | Refusal {
    const key = /^Bearer (?<key>\S+)$/.exec(authorization ?? '')?.groups?.['key'];
    const caller = key === undefined ? undefined : this.#callers.get(key);
    if (caller === undefined) return unknownKey(area);
    if (caller.kind === 'export' && area !== 'export') return unknownKey(area);
    if (caller.kind === 'organization' && area === 'account') {
      return {
        status: 401,
        reason: 'organization key on an account path',
        body: {
          error: 'invalid organization token: invalid account API key',
          possible_token_types: ['client'],
          provided_token_type: 'organization',
        },
      };
    }
    return caller;
  }
}

/** Whether the answer is a refusal. */
export function isRefusal(answer: Caller | Refusal): answer is Refusal {
  return 'status' in answer;
}

function unknownKey(area: Area): Refusal {
  return {
    status: 401,
    reason: 'unknown key',
    body: {
      provided_token_type: '',
      possible_token_types: ACCEPTED[area],
      error: `token is undefined or invalid: ${area === 'export' ? 'invalid export token length 0' : 'API key not found'}`,
    },
  };
}
