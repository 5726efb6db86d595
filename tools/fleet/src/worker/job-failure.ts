import type { Cause } from '../queue/job-result.js';

/** A run that brought nothing. The message holds no secret. */
export class JobFailure extends Error {
  static override readonly name = 'JobFailure';

  constructor(
    message: string,
    readonly why: Cause,
    /** Whether a repetition can help. */
    readonly isPassing: boolean,
  ) {
    super(message);
    this.name = 'JobFailure';
  }
}

/** A run that was stopped before its end, through no fault of its own: it goes back to the queue. */
export class JobStopped extends Error {
  static override readonly name = 'JobStopped';

  constructor(reason: string) {
    super(reason);
    this.name = 'JobStopped';
  }
}
