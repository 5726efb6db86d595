import { describe, expect, it } from 'vitest';
import { TrafficLog } from './traffic.js';

const AGENTS = { method: 'GET', path: '/v2/agents', query: {} };
const ALERTS = { method: 'GET', path: '/v2/alerts', query: {} };

function logOf(...times: readonly number[]): TrafficLog {
  const log = new TrafficLog();
  for (const time of times) log.arrived(AGENTS, time)(200, 10);
  return log;
}

describe('TrafficLog', () => {
  it('counts all requests, or those of a route', () => {
    const log = logOf(1, 2);
    log.arrived(ALERTS, 3);

    expect(log.count()).toBe(3);
    expect(log.count('GET /v2/agents')).toBe(2);
    expect(log.count(/alerts/)).toBe(1);
    expect(log.count('GET /v2/nothing')).toBe(0);
  });

  it('shows status 0 until the answer is out', () => {
    const log = new TrafficLog();

    const left = log.arrived(AGENTS, 5);
    const before = log.requests.map(({ status }) => status);
    left(404, 120);

    expect(before).toEqual([0]);
    expect(log.requests).toEqual([{ ...AGENTS, status: 404, at: 5 }]);
    expect(log.bytes).toBe(120);
  });

  it('remembers the most requests that were under way at once', () => {
    const log = new TrafficLog();
    const first = log.arrived(AGENTS, 1);
    const second = log.arrived(AGENTS, 2);
    first(200, 0);
    log.arrived(AGENTS, 3)(200, 0);
    second(200, 0);

    expect(log.peakInFlight).toBe(2);
  });

  it('remembers the most connections that were open at once', () => {
    const log = new TrafficLog();
    const leave = log.connected();
    leave();
    log.connected();
    log.connected();

    expect(log.peakConnections).toBe(2);
  });

  it.each([
    [[], 1_000, 0],
    [[0], 1_000, 1],
    [[0, 999], 1_000, 2],
    [[0, 1_000], 1_000, 1],
    [[0, 10, 20, 1_005, 1_006, 1_007, 1_008], 1_000, 6],
    [[5, 5, 5, 5], 1, 4],
    [[30, 10, 20], 15, 2],
  ])('arrivals at %j have in any %d ms at most %d', (times, window, expected) => {
    expect(logOf(...times).maxPerWindow(window)).toBe(expected);
  });

  it('counts refusals by reason', () => {
    const log = new TrafficLog();
    log.refused('Bad mac');
    log.refused('Bad mac');
    log.refused('__proto__');

    expect(log.unauthorized).toBe(3);
    expect(Object.entries(log.refusals)).toEqual([
      ['Bad mac', 2],
      ['__proto__', 1],
    ]);
  });

  it('forgets everything but what is still under way', () => {
    const log = logOf(1, 2, 3);
    log.refused('Bad mac');
    log.connected();
    log.arrived(AGENTS, 4);

    log.reset();

    expect(log.requests).toEqual([]);
    expect(log.count()).toBe(0);
    expect(log.unauthorized).toBe(0);
    expect(log.bytes).toBe(0);
    expect(log.peakInFlight).toBe(1);
    expect(log.peakConnections).toBe(1);
    expect(log.maxPerWindow(1_000)).toBe(0);
  });

  it('keeps the latest 100,000 requests and goes on counting', () => {
    const log = new TrafficLog();
    for (let n = 0; n < 250_000; n += 1) log.arrived(AGENTS, n)(200, 0);

    expect(log.count()).toBe(250_000);
    expect(log.requests).toHaveLength(100_000);
    expect(log.requests[0]?.at).toBe(150_000);
    expect(log.requests.at(-1)?.at).toBe(249_999);
  });
});
