import { expect, it } from 'vitest';
import { jsonAnswer } from '../testing/answers.js';
import { testClient } from '../testing/test-client.js';
import { startWireServer } from '../testing/wire-server.js';
import { basicAuth } from './basic.js';

const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };

// The first two are the examples of RFC 7617, sections 2 and 2.1.
it.each([
  ['Aladdin', 'open sesame', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
  ['test', '123£', 'dGVzdDoxMjPCow=='],
  ['key-of-an-api', '', 'a2V5LW9mLWFuLWFwaTo='],
  ['user', 'with:colons:', 'dXNlcjp3aXRoOmNvbG9uczo='],
])('encodes %s and "%s"', (username, password, credentials) => {
  expect(basicAuth({ username, password }).sign(request)).toEqual({ authorization: `Basic ${credentials}` });
});

it.each([
  ['maria:doe', 'pa55', 'the user name has a colon'],
  ['maria', 'pa\n55', 'control character'],
  ['maria\r', 'pa55', 'control character'],
  ['maria', 'pa\u007f55', 'control character'],
])('refuses %j with %j, which the scheme cannot carry, and repeats neither', (username, password, problem) => {
  const make = (): unknown => basicAuth({ username, password });

  expect(make).toThrow(problem);
  expect(make).not.toThrow(/maria|55/);
});

it.each([
  ['the password', 'user', 'pass-word-1', 'pass-word-1'],
  ['an API key that stands as user name', 'key-0123456789', '', 'key-0123456789'],
])('names %s as secret, alone and encoded', (_what, username, password, secret) => {
  const { secrets } = basicAuth({ username, password });

  expect(secrets).toEqual([secret, Buffer.from(`${username}:${password}`).toString('base64')]);
});

it('lets no server echo the credentials into an error', async () => {
  const server = await startWireServer((socket, { headers }) => {
    const message = `no access for ${headers['authorization'] ?? ''}, that is user:pass-word-1`;
    socket.write(jsonAnswer({ message }, { status: '401 Unauthorized' }));
  });
  const auth = basicAuth({ username: 'user', password: 'pass-word-1' });
  const client = testClient({ baseUrl: server.baseUrl, auth });

  const error = await client.requestJson('/list').catch((reason: unknown) => reason as Error);

  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify([error, (error as Error).message])).toContain('no access for Basic');
  expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/pass-word-1|dXNlcjpwYXNzLXdvcmQtMQ/);
});
