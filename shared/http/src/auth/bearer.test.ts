import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { bearerAuth } from './bearer.js';
import type { SignableRequest } from './auth-scheme.js';

const UNAUTHORIZED = { status: 401, headers: {}, secure: true } as const;

function request(): SignableRequest {
  return { method: 'GET', url: new URL('https://api.example.com/'), headers: {}, attempt: 1 };
}

it('sends a fixed token, and has no other after a 401', async () => {
  const auth = bearerAuth({ token: 'token-1' });
  const sent = request();

  const headers = await auth.sign(sent);
  const recovered = await auth.recover?.(UNAUTHORIZED, sent);

  expect(headers).toEqual({ authorization: 'Bearer token-1' });
  expect(recovered).toBe(false);
  expect(auth.secrets).toEqual(['token-1']);
});

it('asks a source once for many requests', async () => {
  let asked = 0;
  const auth = bearerAuth({
    token: async () => {
      asked += 1;
      return `token-${asked}`;
    },
  });

  const headers = await Promise.all([auth.sign(request()), auth.sign(request()), auth.sign(request())]);
  await auth.sign(request());

  expect(asked).toBe(1);
  expect(headers).toEqual(Array(3).fill({ authorization: 'Bearer token-1' }));
});

it('renews the token once after a 401 that hits several requests', async () => {
  let asked = 0;
  const auth = bearerAuth({ token: () => `token-${(asked += 1)}` });
  const [first, second] = [request(), request()];
  await auth.sign(first);
  await auth.sign(second);

  const recovered = [await auth.recover?.(UNAUTHORIZED, first), await auth.recover?.(UNAUTHORIZED, second)];

  expect(recovered).toEqual([true, true]);
  expect(asked).toBe(2);
  expect(await auth.sign(request())).toEqual({ authorization: 'Bearer token-2' });
  expect(auth.secrets).toEqual(['token-1', 'token-2']);
});

it('does not repeat a request with the token that was refused', async () => {
  const auth = bearerAuth({ token: () => 'always-the-same' });
  const sent = request();
  await auth.sign(sent);

  expect(await auth.recover?.(UNAUTHORIZED, sent)).toBe(false);
});

it.each([
  [60_001, 1],
  [60_000, 2],
  [0, 2],
])('asks %s ms before the end of a token for the %sth time', async (beforeEndMs, times) => {
  const clock = new VirtualClock(1_700_000_000_000);
  const expiresAtMs = clock.now() + 3_600_000;
  let asked = 0;
  const auth = bearerAuth({ token: () => ({ token: `token-${(asked += 1)}`, expiresAtMs }), clock });
  await auth.sign(request());

  await clock.advance(3_600_000 - beforeEndMs);
  const headers = await auth.sign(request());

  expect(headers).toEqual({ authorization: `Bearer token-${times}` });
});

it('passes on why a source failed, and asks it again next time', async () => {
  let asked = 0;
  const auth = bearerAuth({
    token: () => {
      asked += 1;
      if (asked === 1) throw new Error('the sign-in service is down');
      return 'token-2';
    },
  });

  await expect(auth.sign(request())).rejects.toThrow('the sign-in service is down');
  await expect(auth.sign(request())).resolves.toEqual({ authorization: 'Bearer token-2' });
});

it.each(['', 'with space', 'with\nbreak', 'ünicode'])('refuses a token that no header can carry: %j', async (token) => {
  const signed = bearerAuth({ token }).sign(request());

  await expect(signed).rejects.toThrow(
    new TypeError(
      'bearerAuth: the token is empty or has characters that no HTTP header can carry (a pasted line break?)',
    ),
  );
});
