import { VirtualClock } from '@vendor-graph/flow-control/testing';
import {
  BodyError,
  ConnectionError,
  HttpStatusError,
  TimeoutError,
  type BodyErrorCode,
  type HttpError,
} from '@vendor-graph/http';
import { describe, expect, it } from 'vitest';
import { readToTheEnd } from './read-to-the-end.js';

const common = { endpoint: 'GET https://console/export', attempts: 1, retriesExhausted: true };
const broken = (code: BodyErrorCode, position: { lineNumber?: number; attempts?: number } = {}): BodyError =>
  new BodyError(`broken: ${code}`, { ...common, code, ...position });
const stalled: HttpError = new TimeoutError('stalled', { ...common, code: 'BODY_TIMEOUT' });

/** Attempts that end with these errors, the last of them for ever; undefined ends well. */
async function run(...ends: (Error | undefined)[]): Promise<{ startedAtMs: number[]; error: unknown; logs: object[] }> {
  const clock = new VirtualClock();
  const startedAtMs: number[] = [];
  const logs: object[] = [];
  const logger = {
    info: (...details: unknown[]): void => {
      logs.push(details[0] as object);
    },
  };
  const attempt = async (): Promise<void> => {
    const end = ends[Math.min(startedAtMs.length, ends.length - 1)];
    startedAtMs.push(clock.monotonic());
    if (end !== undefined) throw end;
  };
  const error: unknown = await clock
    .run(() => readToTheEnd(attempt, { clock, logger }))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { startedAtMs, error, logs };
}

describe('readToTheEnd', () => {
  it('reads once what does not break off', async () => {
    expect(await run(undefined)).toEqual({ startedAtMs: [0], error: undefined, logs: [] });
  });

  it.each<[string, HttpError]>([
    ['a cut body', broken('TRUNCATED_BODY')],
    ['a corrupt body', broken('CORRUPT_BODY')],
    ['a stalled body', stalled],
    ['a line that is no JSON', broken('MALFORMED_LINE', { lineNumber: 3 })],
  ])('begins again five seconds after %s', async (_, error) => {
    const { startedAtMs, error: end, logs } = await run(error, undefined);

    expect(startedAtMs).toEqual([0, 5_000]);
    expect(end).toBeUndefined();
    expect(logs).toEqual([expect.objectContaining({ code: error.code, pauseMs: 5_000 })]);
  });

  it('gives up after five attempts, with pauses of 5, 10, 20 and 40 seconds', async () => {
    const { startedAtMs, error } = await run(broken('TRUNCATED_BODY'));

    expect(startedAtMs).toEqual([0, 5_000, 15_000, 35_000, 75_000]);
    expect(error).toMatchObject({ code: 'TRUNCATED_BODY' });
  });

  it('believes the console when the same line is no JSON twice', async () => {
    const bad = broken('MALFORMED_LINE', { lineNumber: 7 });

    expect(await run(bad, broken('TRUNCATED_BODY'), bad)).toMatchObject({
      startedAtMs: [0, 5_000, 15_000],
      error: bad,
    });
  });

  it('begins again when another line is no JSON', async () => {
    const { startedAtMs, error } = await run(
      broken('MALFORMED_LINE', { lineNumber: 7 }),
      broken('MALFORMED_LINE', { lineNumber: 8 }),
      undefined,
    );

    expect(startedAtMs).toEqual([0, 5_000, 15_000]);
    expect(error).toBeUndefined();
  });

  it.each([
    ['a status', new HttpStatusError('503', { ...common, code: 'HTTP_STATUS', status: 503 })],
    ['no connection', new ConnectionError('refused', { ...common, code: 'ECONNREFUSED' })],
    ['no answer', new TimeoutError('silent', { ...common, code: 'HEADERS_TIMEOUT' })],
    ['a line beyond all limits', broken('LINE_TOO_LONG', { lineNumber: 1 })],
    ['what broke before the first byte in all attempts of the client', broken('TRUNCATED_BODY', { attempts: 5 })],
    ['an error of ours', new TypeError('defect')],
  ])('does not begin again after %s', async (_, failure) => {
    expect(await run(failure)).toEqual({ startedAtMs: [0], error: failure, logs: [] });
  });
});
