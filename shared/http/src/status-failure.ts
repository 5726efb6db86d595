import type { RateLimitFeedback } from '@vendor-graph/flow-control';
import { AttemptFailure, type FailureKind } from './attempt-failure.js';
import { bodyText } from './body-text.js';
import type { ClientContext } from './client-context.js';
import { derivedSecrets } from './derived-secrets.js';
import { HttpStatusError } from './errors/http-status-error.js';
import { RedirectError } from './errors/redirect-error.js';
import type { Exchange } from './exchange.js';
import { parseHttpDate } from './http-date.js';
import { plainText } from './plain-text.js';
import { readErrorBody } from './read-body.js';
import type { RetryPolicy } from './retry-policy.js';
import { vendorMessageOf } from './vendor-message.js';

/** More of an error's body is not read. */
const LARGEST_ERROR_BODY = 64 * 1024;
/** A difference of the clocks that can be the reason why a signature is refused. */
const NOTABLE_CLOCK_DIFFERENCE_MS = 60_000;
/** Where servers and gateways put the id of a request, the most specific first. */
const REQUEST_ID = ['x-request-id', 'x-amzn-requestid', 'x-amz-request-id', 'x-correlation-id', 'cf-ray'];

/** The failure of an attempt that was answered with another status than a success. Reads the body. */
export async function statusFailure(
  client: ClientContext,
  exchange: Exchange,
  policy: RetryPolicy,
  feedback: RateLimitFeedback,
): Promise<AttemptFailure> {
  const { status, headers } = exchange;
  const { body, complete } = await readErrorBody(exchange, LARGEST_ERROR_BODY);
  const value = decoded(body, headers);
  const kind = failureKind(client, exchange, policy, value);
  const failure = describe(client, exchange, kind, value, feedback);
  exchange.end({ complete, overloaded: kind === 'rate-limit' || status >= 500, code: failure.code });
  return failure;
}

function failureKind(client: ClientContext, exchange: Exchange, policy: RetryPolicy, body: unknown): FailureKind {
  const { status, headers } = exchange;
  if (!policy.statuses.includes(status)) return 'final';
  if (client.hooks.mayRetry?.({ status, headers, body }) === false) return 'final';
  return status === 429 ? 'rate-limit' : 'status';
}

function describe(
  client: ClientContext,
  exchange: Exchange,
  kind: FailureKind,
  body: unknown,
  feedback: RateLimitFeedback,
): AttemptFailure {
  const { status, headers, signed } = exchange;
  const secrets = derivedSecrets(signed);
  const redact = (text: string): string => client.redaction.ofVendorText(text, secrets);
  // Once more after control characters have become blanks: that may have put a secret together.
  const clean = (text: string | undefined): string | undefined =>
    text === undefined || text === '' ? undefined : redact(plainText(redact(text)));
  // Of a text the secrets go first: reduced to a page's title, a secret with "<" in it would be cut and not known again.
  const readable = typeof body === 'string' ? redact(body) : body;
  const requestId = clean(REQUEST_ID.map((name) => headers[name]).find((id) => id !== undefined));
  const common = {
    status,
    statusText: clean(exchange.statusText),
    vendorMessage: clean(client.hooks.vendorMessage?.(readable) ?? vendorMessageOf(readable)),
    requestId,
    clockDifferenceMs: clockDifference(headers['date'], client.clock.now()),
  };
  const answered = `answered ${status}${common.statusText === undefined ? '' : ` ${common.statusText}`}`;
  if (status >= 300 && status < 400) {
    const target = clean(redirectTarget(headers['location'], exchange.request.url));
    return new AttemptFailure(
      'final',
      'REDIRECT',
      ({ endpoint, attempts, retriesExhausted }) =>
        new RedirectError(
          `${endpoint} ${answered}, a redirect to ${target ?? 'nowhere'}; signed requests do not follow redirects: check the base URL`,
          { ...common, status, code: 'REDIRECT', endpoint, attempts, retriesExhausted },
        ),
      status,
    );
  }
  const details = [
    common.vendorMessage === undefined ? '' : `: ${common.vendorMessage}`,
    requestId === undefined ? '' : ` (request ${requestId})`,
    clockHint(status, common.clockDifferenceMs),
  ].join('');
  return new AttemptFailure(
    kind,
    'HTTP_STATUS',
    ({ endpoint, attempts, retriesExhausted, ending }) =>
      new HttpStatusError(`${endpoint} ${answered}${details}${ending}`, {
        ...common,
        code: 'HTTP_STATUS',
        endpoint,
        attempts,
        retriesExhausted,
      }),
    status,
    // The server's word; when its limit is used up without one, the time until it is reset.
    feedback.retryAfterMs ?? (status === 429 ? feedback.resetAfterMs : undefined),
  );
}

function decoded(body: Buffer, headers: Readonly<Record<string, string>>): unknown {
  const text = bodyText(body, headers['content-type']);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function redirectTarget(location: string | undefined, from: URL): string | undefined {
  if (location === undefined || !URL.canParse(location, from.href)) return undefined;
  const { origin, pathname } = new URL(location, from);
  return origin + pathname;
}

function clockDifference(date: string | undefined, nowMs: number): number | undefined {
  const serverMs = parseHttpDate(date ?? '');
  return serverMs === undefined ? undefined : serverMs - nowMs;
}

function clockHint(status: number, differenceMs: number | undefined): string {
  if (status !== 401 && status !== 403) return '';
  if (differenceMs === undefined || Math.abs(differenceMs) < NOTABLE_CLOCK_DIFFERENCE_MS) return '';
  const seconds = String(Math.round(Math.abs(differenceMs) / 1000));
  return `; the local clock is ${seconds} s ${differenceMs > 0 ? 'behind' : 'ahead of'} the server's: set it right`;
}
