import { errors } from 'undici';
import { expect, it } from 'vitest';
import { connectionFailure } from './connection-failure.js';

const systemError = (code: string, message = code): Error => Object.assign(new Error(message), { code });

it.each([
  [systemError('ENOTFOUND', 'getaddrinfo ENOTFOUND host'), 'unreachable', 'ENOTFOUND'],
  [systemError('ECONNREFUSED'), 'unreachable', 'ECONNREFUSED'],
  [systemError('EAI_AGAIN'), 'unsent', 'EAI_AGAIN'],
  [systemError('ENETUNREACH'), 'unsent', 'ENETUNREACH'],
  [systemError('EHOSTUNREACH'), 'unsent', 'EHOSTUNREACH'],
  [new errors.ConnectTimeoutError(), 'unsent', 'UND_ERR_CONNECT_TIMEOUT'],
  [systemError('ECONNRESET'), 'interrupted', 'ECONNRESET'],
  [systemError('EPIPE'), 'interrupted', 'EPIPE'],
  [systemError('ETIMEDOUT'), 'interrupted', 'ETIMEDOUT'],
  [new errors.SocketError(), 'interrupted', 'UND_ERR_SOCKET'],
  [new errors.HTTPParserError('bad'), 'interrupted', 'HTTP_PARSER_ERROR'],
  [
    Object.assign(new errors.HTTPParserError('bad'), { code: 'HPE_INVALID_METHOD' }),
    'interrupted',
    'HPE_INVALID_METHOD',
  ],
  [new errors.HeadersOverflowError(), 'final', 'UND_ERR_HEADERS_OVERFLOW'],
  [new errors.InvalidArgumentError('invalid x header'), 'final', 'UND_ERR_INVALID_ARG'],
  [systemError('CERT_HAS_EXPIRED'), 'final', 'CERT_HAS_EXPIRED'],
  [systemError('ERR_TLS_CERT_ALTNAME_INVALID'), 'final', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [systemError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'final', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [systemError('EPROTO'), 'final', 'EPROTO'],
  [new Error('no code'), 'final', 'UNKNOWN'],
  ['not even an error', 'final', 'UNKNOWN'],
  [undefined, 'final', 'UNKNOWN'],
])('takes %s for %s (%s)', (error, kind, code) => {
  expect(connectionFailure(error)).toMatchObject({ kind, code });
});

it('names all addresses that were tried', () => {
  const error = Object.assign(
    new AggregateError([new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')]),
    { code: 'ECONNREFUSED' },
  );

  expect(connectionFailure(error)).toEqual({
    kind: 'unreachable',
    code: 'ECONNREFUSED',
    reason: 'connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1',
  });
});
