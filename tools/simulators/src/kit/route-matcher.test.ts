import { describe, expect, it } from 'vitest';
import { requestLine, routeMatcher } from './route-matcher.js';
import type { Route, SimulatedRequest } from './route-matcher.js';

function get(path: string, query: SimulatedRequest['query'] = {}): SimulatedRequest {
  return { method: 'GET', path, query };
}

describe('routeMatcher', () => {
  it.each<[Route, SimulatedRequest, boolean]>([
    ['GET /v2/agents', get('/v2/agents'), true],
    ['GET /v2/agents', get('/v2/agents', { status: 'online' }), true],
    ['GET /v2/agents', { ...get('/v2/agents'), method: 'POST' }, false],
    ['/v2/agents', { ...get('/v2/agents'), method: 'POST' }, true],
    ['GET /v2/agents', get('/v2/agents/a1'), false],
    ['GET /v2/agents', get('/v1/v2/agents'), false],
    ['GET /v2/agents/:id', get('/v2/agents/a1'), true],
    ['GET /v2/agents/:id', get('/v2/agents/a1/tags'), false],
    ['GET /v2/vulnerabilities/:cve/servers', get('/v2/vulnerabilities/CVE-2018-19932/servers'), true],
    ['GET /v2/*', get('/v2/agents/a1/tags'), true],
    ['GET /v2/*', get('/v1/agents'), false],
    ['GET /export/assets.json', get('/export/assets.json'), true],
    ['GET /export/assets.json', get('/export/assetsxjson'), false],
    ['*', get('/anything'), true],
    ['GET *', { ...get('/anything'), method: 'POST' }, false],
    [/^GET \/v2\/agents\?status=offline/, get('/v2/agents', { status: 'offline' }), true],
    [/^GET \/v2\/agents\?status=offline/, get('/v2/agents', { status: 'online' }), false],
    [({ query }) => query['token'] !== undefined, get('/v2/agents', { token: 't' }), true],
    [({ query }) => query['token'] !== undefined, get('/v2/agents'), false],
  ])('%s for %j: %s', (route, request, expected) => {
    expect(routeMatcher(route)(request)).toBe(expected);
  });

  it('answers the same for the same request, whatever flags a pattern has', () => {
    const matches = routeMatcher(/agents/gy);

    expect([1, 2, 3].map(() => matches(get('/agents')))).toEqual([true, true, true]);
  });

  it.each(['agents', 'get /agents', 'GET agents', ''])('rejects "%s" with the right way to write it', (route) => {
    expect(() => routeMatcher(route)).toThrow(
      new TypeError(`"${route}" is no route; write it as "GET /v2/agents", "/v2/agents/:id" or "*".`),
    );
  });
});

describe('requestLine', () => {
  it('spells a request as in HTTP, decoded', () => {
    expect(requestLine(get('/v2/agents', { status: 'online', severity: ['1', '2'] }))).toBe(
      'GET /v2/agents?status=online&severity=1&severity=2',
    );
    expect(requestLine(get('/v2/agents'))).toBe('GET /v2/agents');
  });
});
