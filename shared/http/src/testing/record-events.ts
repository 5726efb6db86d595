import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { onTestFinished } from 'vitest';
import { HTTP_CHANNEL, type HttpEvent } from '../http-events.js';

/** All events from now to the end of the running test. */
export function recordEvents(): HttpEvent[] {
  const events: HttpEvent[] = [];
  const listener = (event: unknown): void => {
    events.push(event as HttpEvent);
  };
  subscribe(HTTP_CHANNEL, listener);
  onTestFinished(() => {
    unsubscribe(HTTP_CHANNEL, listener);
  });
  return events;
}
