import type { LogLevel } from '../logging/log-level.js';
import type { ProgressEvent } from '../progress/progress-event.js';
import type { LogFormat } from '../terminal/messenger.js';
import type { CollectOutcome, CollectRequest } from './collect-vendor.js';

/** What the process of one vendor is told. */
export type ToWorker =
  | {
      type: 'collect';
      request: CollectRequest;
      logLevel: LogLevel;
      logFormat: LogFormat;
      followsRequests: boolean;
    }
  | { type: 'interrupt' };

/** What it tells. */
export type FromWorker = { type: 'event'; event: ProgressEvent } | { type: 'outcome'; outcome: CollectOutcome };
