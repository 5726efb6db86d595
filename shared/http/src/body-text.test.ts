import { expect, it } from 'vitest';
import { bodyText } from './body-text.js';

it.each([
  ['UTF-8 without a content type', Buffer.from('é'), undefined, 'é'],
  ['UTF-8 by name', Buffer.from('é'), 'application/json; charset=UTF-8', 'é'],
  ['ISO-8859-1', Buffer.from([0xe9]), 'application/json;charset=ISO-8859-1', 'é'],
  ['UTF-16 in quotes', Buffer.from('é', 'utf16le'), 'text/plain; charset="utf-16le"', 'é'],
  ['a charset that is not known as UTF-8', Buffer.from('é'), 'text/plain; charset=klingon', 'é'],
  ['UTF-8 with a byte-order mark', Buffer.from('\ufeff{}'), 'application/json', '{}'],
  ['invalid UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'application/json', 'a\ufffdb'],
])('decodes %s', (_what, body, contentType, text) => {
  expect(bodyText(body, contentType)).toBe(text);
});
