import {
  IntegrationError,
  IntegrationProviderAPIError,
  IntegrationProviderAuthenticationError,
  IntegrationProviderAuthorizationError,
  IntegrationProviderRetriesExceededError,
  IntegrationValidationError,
} from '@jupiterone/integration-sdk-core';
import { PaginationError } from '@vendor-graph/flow-control';
import type { HttpError } from '@vendor-graph/http';
import {
  BodyError,
  ConnectionError,
  HttpStatusError,
  RedirectError,
  TimeoutError,
  TokenError,
  type HttpErrorDetails,
} from '@vendor-graph/http';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toProviderError } from './provider-error.js';

const ENDPOINT = 'GET https://api.example.com/agents';

function answered(status: number, more: Partial<HttpErrorDetails> = {}): HttpStatusError {
  return new HttpStatusError(`${ENDPOINT} answered ${status}: no luck`, {
    code: 'HTTP_STATUS',
    endpoint: ENDPOINT,
    status,
    statusText: 'No Luck',
    attempts: 1,
    retriesExhausted: false,
    ...more,
  });
}

const common = { endpoint: ENDPOINT, attempts: 3, retriesExhausted: false };

describe('toProviderError', () => {
  it.each([
    ['validation', 401, IntegrationProviderAuthenticationError, true],
    ['validation', 403, IntegrationProviderAuthenticationError, true],
    ['validation', 400, IntegrationProviderAPIError, false],
    ['validation', 404, IntegrationProviderAPIError, false],
    ['validation', 500, IntegrationProviderAPIError, false],
    ['step', 401, IntegrationProviderAuthorizationError, false],
    ['step', 403, IntegrationProviderAuthorizationError, false],
    ['step', 400, IntegrationProviderAPIError, false],
    ['step', 404, IntegrationProviderAPIError, false],
    ['step', 500, IntegrationProviderAPIError, false],
  ] as const)('while in %s, an answer %d is a %o', (during, status, kind, fatal) => {
    const error = toProviderError(answered(status), { during });

    expect(error.constructor).toBe(kind);
    expect(error).toMatchObject({ endpoint: ENDPOINT, status, statusText: 'No Luck', fatal });
    expect(error.message).toMatch(`${ENDPOINT} answered ${status}: no luck`);
  });

  it.each([
    ['validation', 400, IntegrationProviderAuthenticationError],
    ['step', 400, IntegrationProviderAuthorizationError],
    ['step', 403, IntegrationProviderAuthorizationError],
  ] as const)('while in %s, a token that is refused with %d is a %o, with the help', (during, status, kind) => {
    const refused = new TokenError('POST https://login.example.com/token answered: invalid_client', {
      ...common,
      code: 'TOKEN_REFUSED',
      status,
    });

    const error = toProviderError(refused, { during, credentialHelp: 'Make a new client.' });

    expect(error.constructor).toBe(kind);
    expect(error.message).toBe('POST https://login.example.com/token answered: invalid_client. Make a new client.');
  });

  it.each<[string, HttpError, object]>([
    [
      'no connection',
      new ConnectionError(`${ENDPOINT}: connection refused`, { ...common, code: 'ECONNREFUSED' }),
      { status: 'ECONNREFUSED', statusText: 'ConnectionError', message: `${ENDPOINT}: connection refused` },
    ],
    [
      'a time-out',
      new TimeoutError(`${ENDPOINT}: no answer within 5 s`, { ...common, code: 'HEADERS_TIMEOUT' }),
      { status: 'HEADERS_TIMEOUT', statusText: 'TimeoutError', message: `${ENDPOINT}: no answer within 5 s` },
    ],
    [
      'a body that is not JSON',
      new BodyError(`${ENDPOINT}: not JSON`, { ...common, code: 'NOT_JSON', status: 200, statusText: 'OK' }),
      { status: 200, statusText: 'OK', message: `${ENDPOINT}: not JSON` },
    ],
    [
      'a redirect',
      new RedirectError(`${ENDPOINT} answered 301`, { ...common, code: 'REDIRECT', status: 301 }),
      { status: 301, statusText: 'RedirectError', message: `${ENDPOINT} answered 301` },
    ],
  ])('%s is a provider API error with its cause in words', (_case, cause, expected) => {
    const error = toProviderError(cause, { during: 'step' });

    expect(error.constructor).toBe(IntegrationProviderAPIError);
    expect(error).toMatchObject({ ...expected, endpoint: ENDPOINT, code: 'PROVIDER_API_ERROR' });
  });

  it('tells that retrying did not help', () => {
    const cause = answered(503, { retriesExhausted: true, attempts: 5 });

    const error = toProviderError(cause, { during: 'step' });

    expect(error.constructor).toBe(IntegrationProviderRetriesExceededError);
    expect(error).toMatchObject({ status: 503, message: cause.message, code: 'PROVIDER_RETRIES_EXCEEDED_ERROR' });
    expect(error.stack).toContain(cause.message);
  });

  it.each(['TOKEN_REPEATED', 'NO_PROGRESS'] as const)('a paging that ends with %s is a provider API error', (code) => {
    const cause = new PaginationError(code, 3, 'the server goes round in circles');

    const error = toProviderError(cause, { during: 'step' });

    expect(error.constructor).toBe(IntegrationProviderAPIError);
    expect(error).toMatchObject({ status: code, message: cause.message });
  });

  it.each([
    ['validation', 401, 'Create a key under Settings > Keys.'],
    ['validation', 403, 'Create a key under Settings > Keys.'],
    ['step', 401, 'Create a key under Settings > Keys.'],
    ['step', 403, 'The credentials may not read this: give them the permission and collect again.'],
  ] as const)('while in %s, says after a %d what to do: %s', (during, status, advice) => {
    const error = toProviderError(answered(status), { during, credentialHelp: 'Create a key under Settings > Keys.' });

    expect(error.message).toBe(`${ENDPOINT} answered ${status}: no luck. ${advice}`);
  });

  it('asks for advice that depends on the error', () => {
    const credentialHelp = ({ vendorMessage = '' }: { vendorMessage?: string }) =>
      `About "${vendorMessage}": renew it.`;

    const error = toProviderError(answered(401, { vendorMessage: 'expired' }), {
      during: 'validation',
      credentialHelp,
    });

    expect(error.message).toBe(`${ENDPOINT} answered 401: no luck. About "expired": renew it.`);
  });

  it('does not let a step stop the run with an authentication error', () => {
    const cause = new IntegrationProviderAuthenticationError({
      endpoint: ENDPOINT,
      status: 401,
      statusText: 'Unauthorized',
    });

    const error = toProviderError(cause, { during: 'step' });

    expect(error.constructor).toBe(IntegrationProviderAuthorizationError);
    expect(error).toMatchObject({ message: cause.message, endpoint: ENDPOINT, status: 401, fatal: false });
  });

  it.each([
    ['validation', new IntegrationValidationError('orgId does not exist')],
    ['validation', new IntegrationProviderAuthenticationError({ endpoint: ENDPOINT, status: 401, statusText: '' })],
    ['step', new IntegrationProviderAPIError({ endpoint: ENDPOINT, status: 200, statusText: 'failed: quota' })],
    ['step', new IntegrationError({ code: 'ACME', message: 'specific', fatal: true })],
    ['step', new DOMException('stopped', 'AbortError')],
  ] as const)('while in %s, leaves %s as it is', (during, error) => {
    expect(toProviderError(error, { during })).toBe(error);
  });

  it('shows the message of an unexpected error, which the SDK would hide', () => {
    const cause = new TypeError('agent is undefined');

    const error = toProviderError(cause, { during: 'step' });

    expect(error.constructor).toBe(IntegrationError);
    expect(error).toMatchObject({ code: 'UNEXPECTED_ERROR', message: 'TypeError: agent is undefined', fatal: false });
    expect(error.stack).toBe(cause.stack);
  });

  it.each([['text'], [undefined], [{ secret: 'c4n4ry-value' }]])('turns a thrown %j into an error', (thrown) => {
    const error = toProviderError(thrown, { during: 'step' });

    expect(error.message).toBe('Error: something that is not an error was thrown');
  });

  const CANARY = 'c4n4ry$"+/=';
  const forms = [
    CANARY,
    JSON.stringify(CANARY).slice(1, -1),
    Buffer.from(CANARY).toString('base64'),
    encodeURIComponent(CANARY),
  ];
  it.each([
    ['an unexpected error', () => new Error(`cannot sign with ${forms.join(' or ')}`)],
    ['an error with properties', () => Object.assign(new Error('no'), { config: { key: CANARY }, key: CANARY })],
    ['an error with a cause', () => new Error('no', { cause: new Error(CANARY) })],
    [
      "an SDK error made of the vendor's words",
      () =>
        new IntegrationProviderAPIError({ endpoint: `GET /?key=${CANARY}`, status: 200, statusText: forms.join(' ') }),
    ],
    [
      'an SDK error with a cause',
      () =>
        new IntegrationError({
          code: 'ACME',
          message: 'no',
          cause: Object.assign(new Error('no'), { headers: forms }),
        }),
    ],
    [
      "an authentication error made of the vendor's words",
      () =>
        new IntegrationProviderAuthenticationError({ endpoint: ENDPOINT, status: 401, statusText: forms.join(' ') }),
    ],
  ])('keeps secrets out of %s, ten levels deep', (_case, thrown) => {
    for (const during of ['validation', 'step'] as const) {
      const printed = inspect(toProviderError(thrown(), { during, secrets: [CANARY] }), false, 10);

      for (const form of forms) expect(printed).not.toContain(form);
    }
  });
});
