import { HttpStatusError } from '@vendor-graph/http';
import { describe, expect, it, vi } from 'vitest';
import { credentialHelp, explainRefusal } from './refused-credentials.js';

describe('credentialHelp', () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    [30_000, undefined],
    [-30_000, undefined],
    [45_400, "45 s behind the server's"],
    [-3_600_000, "3600 s ahead of the server's"],
  ])('mentions a clock difference of %j ms as %j', (clockDifferenceMs, expected) => {
    const help = credentialHelp(clockDifferenceMs === undefined ? {} : { clockDifferenceMs });

    expect(help).toContain('THREATSTACK_USER_ID and THREATSTACK_API_KEY');
    if (expected === undefined) expect(help).not.toContain('clock');
    else expect(help).toContain(expected);
  });
});

describe('explainRefusal', () => {
  it.each([
    [403, false, 'PROVIDER_AUTHORIZATION_ERROR', 0],
    [401, true, 'PROVIDER_AUTHENTICATION_ERROR', 1],
  ])('of a %d (key accepted elsewhere: %j) is %s', async (status, isAccepted, code, questions) => {
    const isKeyAccepted = vi.fn(() => Promise.resolve(isAccepted));

    const error = await explainRefusal(refused(status), isKeyAccepted);

    expect(error).toMatchObject({ code, status, message: expect.stringContaining('THREATSTACK_ORG_ID') as string });
    expect(isKeyAccepted).toHaveBeenCalledTimes(questions);
  });

  it.each([
    ['a 401 when the key is not accepted elsewhere', refused(401), () => Promise.resolve(false)],
    ['a 401 when nobody can tell', refused(401), () => Promise.reject(new Error('no answer'))],
    ['another status', refused(404), () => Promise.resolve(true)],
    ['another error', new Error('odd'), () => Promise.resolve(true)],
  ])('leaves %s as it is', async (_, error, isKeyAccepted) => {
    expect(await explainRefusal(error, isKeyAccepted)).toBe(error);
  });
});

function refused(status: number): HttpStatusError {
  return new HttpStatusError(`answered ${status}`, {
    code: 'HTTP_STATUS',
    endpoint: 'GET https://api.threatstack.com/v2/agents',
    attempts: 1,
    retriesExhausted: false,
    status,
    statusText: 'Refused',
  });
}
