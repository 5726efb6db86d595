/**
 * How an answer goes wrong. The first group answers instead of the simulator (before authentication and rate limit), the
 * second damages the simulator's real answer. Bytes count the body as it travels, that is, after compression.
 */
export type Fault = InsteadOfAnswer | DamagedAnswer;

export type InsteadOfAnswer =
  /** A status with a body: text as it is, anything else as JSON; none by default. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Exactly these bytes as the body; 200 and JSON unless stated. */
  | {
      readonly kind: 'body';
      readonly body: string | Buffer;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 301 unless stated. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** Resets the connection before any answer. */
  | { readonly kind: 'reset' }
  /** Takes the request and never says a word. */
  | { readonly kind: 'silence' }
  /** A body that repeats `chunk` until the client goes away. */
  | { readonly kind: 'endless'; readonly chunk: string; readonly headers?: Readonly<Record<string, string>> }
  /** Writes these bytes to the socket, no HTTP added, then closes it (after `closeAfterMs`, default at once). */
  | { readonly kind: 'raw'; readonly data: string | Buffer; readonly closeAfterMs?: number };

export type DamagedAnswer =
  /** The real answer, so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Resets the connection after so many bytes of the body. */
  | { readonly kind: 'reset-after'; readonly bytes: number }
  /** Closes the connection in an orderly way after so many bytes of the body: fewer than were announced. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Sends so many bytes of the body, then nothing more; the connection stays open. */
  | { readonly kind: 'stall'; readonly bytes: number }
  /** A complete HTTP message whose body lacks everything after so many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The whole body in pieces of so many bytes, `everyMs` apart (default: as fast as the socket takes them). */
  | { readonly kind: 'slice'; readonly bytes: number; readonly everyMs?: number }
  /** The real answer with some headers set, or removed (null). */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | null>> }
  /** The real body after a change; within one process only. */
  | { readonly kind: 'rewrite'; readonly rewrite: (body: string) => string }
  /** The real answer; afterwards the connection is closed without notice, so that its next use fails. */
  | { readonly kind: 'close-after' };

const DAMAGE: Readonly<Record<DamagedAnswer['kind'], true>> = {
  delay: true,
  'reset-after': true,
  cut: true,
  stall: true,
  truncate: true,
  slice: true,
  headers: true,
  rewrite: true,
  'close-after': true,
};

/** Whether the simulator still makes the answer that the fault then damages. */
export function isDamage(fault: Fault): fault is DamagedAnswer {
  return Object.hasOwn(DAMAGE, fault.kind);
}
