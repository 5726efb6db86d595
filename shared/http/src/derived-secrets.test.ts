import { expect, it } from 'vitest';
import { derivedSecrets } from './derived-secrets.js';

it.each([
  [
    'a Hawk header',
    { authorization: 'Hawk id="x", ts="1", nonce="n", hash="SEFTSA==", mac="TUFD+/=="' },
    ['Hawk id="x", ts="1", nonce="n", hash="SEFTSA==", mac="TUFD+/=="', 'SEFTSA==', 'TUFD+/=='],
  ],
  [
    'an Escher header',
    {
      host: 'h',
      'x-escher-date': '20240301T091530Z',
      'x-escher-auth': 'ESR-HMAC-SHA256 Credential=k/d/s, SignedHeaders=host, Signature=0a1b',
    },
    ['ESR-HMAC-SHA256 Credential=k/d/s, SignedHeaders=host, Signature=0a1b', '0a1b'],
  ],
  ['a signed key', { 'x-api-key': 'AK', 'x-timestamp': '1633802740', 'x-signature': '0a1b2c' }, ['AK', '0a1b2c']],
  ['a bearer token', { authorization: 'Bearer abc.def' }, ['Bearer abc.def', 'abc.def']],
  ['no credentials', { accept: 'application/json' }, []],
])('finds what must not be repeated of %s', (_what, headers: Record<string, string>, secrets) => {
  expect(derivedSecrets(headers)).toEqual(secrets);
});
