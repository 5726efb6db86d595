import { describe, expect, it } from 'vitest';
import type { CommandEnd } from './command-process.js';
import { JobFailure, JobStopped } from './job-failure.js';
import { collected, uploaded } from './outcome.js';

function end(code: number | null, report?: object, more: Partial<CommandEnd> = {}): CommandEnd {
  return { code, signal: null, stdout: report === undefined ? '' : JSON.stringify(report), ...more };
}

function failure(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof JobFailure) return [error.why, error.isPassing];
    if (error instanceof JobStopped) return 'stopped';
    throw error;
  }
  return undefined;
}

describe('the end of a collection', () => {
  it.each([0, 2])('with exit code %d is a report', (code) => {
    expect(collected(end(code, { status: 'x' }))).toEqual({ status: 'x' });
  });

  it.each([
    ['a configuration that is wrong', end(1, { errorCode: 'CONFIGURATION' }), ['configuration', false]],
    ['a field that is wrong', end(1, { errorCode: 'CONFIG_VALIDATION_ERROR' }), ['configuration', false]],
    ['a key that is refused', end(1, { errorCode: 'PROVIDER_AUTHENTICATION_ERROR' }), ['credentials', false]],
    ['a vendor that fails', end(1, { errorCode: 'PROVIDER_API_ERROR' }), ['network', true]],
    ['a vendor that fails for long', end(1, { errorCode: 'PROVIDER_RETRIES_EXCEEDED_ERROR' }), ['network', true]],
    ['a defect', end(1, { errorCode: 'UNEXPECTED' }), ['crash', true]],
    ['a command that refuses its arguments', end(1), ['configuration', false]],
    ['a process that was killed', end(null, undefined, { signal: 'SIGKILL' }), ['crash', true]],
    ['a heap that is full', end(null, undefined, { signal: 'SIGABRT' }), ['memory', false]],
    ['too much memory', end(null, undefined, { signal: 'SIGKILL', memoryExceeded: 2 ** 30 }), ['memory', false]],
    ['a report that is none', end(0), ['crash', true]],
    ['an interruption', end(130), 'stopped'],
  ])('by %s', (_what, how, expected) => {
    expect(failure(() => collected(how))).toEqual(expected);
  });
});

describe('the end of an upload', () => {
  it('with exit code 0 is a report', () => {
    expect(uploaded(end(0, { jobId: '1' }))).toEqual({ jobId: '1' });
  });

  it.each([
    ['an upload that broke off', end(2, { error: 'x' }), ['upload', true]],
    ['JupiterOne not answering', end(1, { errorCode: 'UNREACHABLE' }), ['network', true]],
    ['JupiterOne refusing', end(1, { errorCode: 'REFUSED' }), ['credentials', false]],
    ['a graph that may not be uploaded', end(1), ['configuration', false]],
    ['an interruption', end(130), 'stopped'],
  ])('by %s', (_what, how, expected) => {
    expect(failure(() => uploaded(how))).toEqual(expected);
  });
});
