import { EXIT_CODES } from './run-status.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The reason of an interrupted run's signal. */
export class Interrupted extends Error {
  static override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** Aborted by the first signal to end; the second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
      controller.abort(new Interrupted());
    });
  return controller.signal;
}
