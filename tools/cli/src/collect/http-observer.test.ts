import { channel } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';
import { expect, it } from 'vitest';
import type { ProgressEvent } from '../progress/progress-event.js';
import { HttpObserver } from './http-observer.js';
import { inStep } from './step-context.js';

const publish = (event: Partial<HttpEvent>): void => {
  channel(HTTP_CHANNEL).publish({ product: 'acme', endpoint: 'GET https://h/p', attempt: 1, ...event });
};

it('adds up requests, retries, waits and bytes, and knows the step that they belong to', async () => {
  const events: ProgressEvent[] = [];
  const observer = new HttpObserver((event) => events.push(event));

  publish({ type: 'request' });
  await inStep('fetch-users', async () => {
    publish({ type: 'wait', reason: 'rate-limit', delayMs: 1499.7, untilMs: 9_000 });
    publish({ type: 'request' });
    publish({ type: 'failure', code: 'UND_ERR_SOCKET', bytes: 5 });
    publish({ type: 'wait', reason: 'backoff', delayMs: 100, untilMs: 9_100 });
    publish({ type: 'retry', delayMs: 100 });
    publish({ type: 'request' });
    publish({ type: 'response', status: 200, bytes: 20 });
  });
  observer.stop();
  publish({ type: 'request' });

  expect(observer.figures).toEqual({ requests: 3, retries: 1, rateLimitWaitMs: 1500, bytes: 25 });
  expect(events).toEqual([
    { type: 'request', step: undefined },
    { type: 'wait', step: 'fetch-users', reason: 'rate-limit', untilMs: 9_000 },
    { type: 'request', step: 'fetch-users' },
    { type: 'wait', step: 'fetch-users', reason: 'backoff', untilMs: 9_100 },
    { type: 'request', step: 'fetch-users' },
  ]);
});
