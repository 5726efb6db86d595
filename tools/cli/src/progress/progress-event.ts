import type { RunStatus } from '../collect/run-status.js';

/** One thing that happened in a run, for whoever shows it while it goes on. Plain data: it crosses processes. */
export type ProgressEvent =
  | { type: 'phase'; phase: Phase }
  | { type: 'step-start'; step: string; name: string }
  /** Objects were added since the last such event. */
  | { type: 'objects'; step: string; added: number }
  /** Without a step, nobody asked which one it belongs to, or it belongs to none. */
  | { type: 'request'; step: string | undefined }
  /** Somebody waits before sending. */
  | { type: 'wait'; step: string | undefined; reason: 'rate-limit' | 'backoff'; untilMs: number }
  | { type: 'step-end'; step: string; status: string; durationMs: number; error?: string }
  /** The vendor package has something to say to the user. */
  | { type: 'notice'; level: 'info' | 'warn' | 'error'; message: string }
  /** The run is over; nothing follows. */
  | { type: 'end'; status: RunStatus; durationMs: number };

/** What a run does. */
export type Phase = 'preparing' | 'checking credentials' | 'collecting';
