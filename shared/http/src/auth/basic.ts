import type { AuthScheme } from './auth-scheme.js';

/**
 * `Authorization: Basic` with user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)), both as UTF-8.
 *
 * @param options.username without a colon. Where an API key is the user name, the password is empty, and the key is the
 * secret.
 * @param options.password may be empty, may hold colons
 * @throws TypeError for a user name with a colon, or a control character in either: the scheme cannot carry them
 *
 * @example
 * import { basicAuth } from '@vendor-graph/http';
 * const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };
 * await basicAuth({ username: 'Aladdin', password: 'open sesame' }).sign(request); // => { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' }
 */
export function basicAuth(options: { username: string; password: string }): AuthScheme {
  const { username, password } = options;
  if (username.includes(':')) throw new TypeError('basicAuth: the user name has a colon, which would end it');
  if (hasControlCharacter(username + password)) {
    throw new TypeError('basicAuth: user name or password has a control character (a pasted line break?)');
  }
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return {
    secrets: [password === '' ? username : password, credentials],
    sign: () => ({ authorization: `Basic ${credentials}` }),
  };
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
