import { channel } from 'node:diagnostics_channel';

/** The name of the `node:diagnostics_channel` on which every client tells what it does. */
export const HTTP_CHANNEL = 'vendor-graph:http';

/**
 * One thing that a client did. `request`: a request is sent; `response`: its answer has been read to the end; `failure`:
 * it ended without a complete answer; `retry`: it will be sent again; `wait`: somebody waits before sending; `close`: the
 * client is closed. Events hold no secrets and no query.
 */
export interface HttpEvent {
  readonly type: 'request' | 'response' | 'failure' | 'retry' | 'wait' | 'close';
  /** The client's `product.name`. */
  readonly product: string;
  /** `GET https://host/path`; of `close` the base URL. */
  readonly endpoint: string;
  /** From 1; 0 in `close`. */
  readonly attempt: number;
  readonly status?: number;
  /** Of `failure`: what went wrong. */
  readonly code?: string;
  /** From sending to the end of the answer. */
  readonly durationMs?: number;
  /** Of the body, as received. */
  readonly bytes?: number;
  /** Of `wait` and `retry`. */
  readonly delayMs?: number;
  readonly reason?: 'rate-limit' | 'backoff';
  /** When the wait ends, ms since the epoch. */
  readonly untilMs?: number;
}

const events = channel(HTTP_CHANNEL);

/** Costs nothing while nobody listens. */
export function publish(event: HttpEvent): void {
  if (events.hasSubscribers) events.publish(event);
}
