import { expect, it } from 'vitest';
import { vendorMessageOf } from './vendor-message.js';

it.each([
  [
    'message and errors',
    { status: 403, code: 1, message: 'Access denied', errors: ['The request is missing the session token.'] },
    'Access denied; The request is missing the session token.',
  ],
  [
    'errors alone',
    { errors: ['Validation failed: a', 'Validation failed: b'] },
    'Validation failed: a; Validation failed: b',
  ],
  ['errors that are objects', { errors: [{ message: 'm' }, { detail: 'd' }, {}, null, 7] }, 'm; d'],
  ['the same text twice', { message: 'no', errors: ['no', 'no'] }, 'no'],
  ['errors that are no list', { message: 'HTTP Status 401', errors: {} }, 'HTTP Status 401'],
  ['error', { possible_token_types: ['client'], error: 'API key not found' }, 'API key not found'],
  ['error before detail', { detail: 'd', error: 'request failed', status: 'error', title: 't' }, 'request failed'],
  ['detail before title', { title: 'Forbidden', status: 403, detail: 'not in your licence' }, 'not in your licence'],
  ['title alone', { title: 'Forbidden' }, 'Forbidden'],
  ['an error object', { error: { code: 7, message: 'inner' } }, 'inner'],
  ['a text', 'Invalid API Key for Organization\n', 'Invalid API Key for Organization'],
  [
    'the title of a page',
    '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>…</body></html>',
    '502 Bad Gateway',
  ],
  ['a page without a title', '<html><body><h1>Down</h1> for work</body></html>', 'Down  for work'],
  ['an empty body', '', undefined],
  ['an object without a message', { ok: false }, undefined],
  ['a message that is no text', { message: 7 }, undefined],
  ['a list', ['a'], undefined],
  ['null', null, undefined],
])('finds %s', (_what, body, message) => {
  expect(vendorMessageOf(body)).toBe(message);
});
