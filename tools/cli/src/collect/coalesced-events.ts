import type { ProgressEvent } from '../progress/progress-event.js';

/** How long frequent events are held back. */
const HOLD_MS = 200;

/**
 * Holds back the events that come by the thousand, objects and requests, and passes them on summed up, so that progress
 * costs the processes next to nothing. The order of the others is kept.
 */
export function coalesced(send: (event: ProgressEvent) => void): {
  push: (event: ProgressEvent) => void;
  flush: () => void;
} {
  const objects = new Map<string, number>();
  const requests: Extract<ProgressEvent, { type: 'request' }>[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const [step, added] of objects) send({ type: 'objects', step, added });
    objects.clear();
    for (const event of requests.splice(0)) send(event);
  }

  function push(event: ProgressEvent): void {
    if (event.type === 'objects') objects.set(event.step, (objects.get(event.step) ?? 0) + event.added);
    else if (event.type === 'request') requests.push(event);
    else {
      flush();
      send(event);
      return;
    }
    timer ??= setTimeout(flush, HOLD_MS).unref();
  }

  return { push, flush };
}
