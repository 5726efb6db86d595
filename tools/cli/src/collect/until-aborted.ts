/** The result of work, or the signal's reason as soon as it is aborted; what becomes of the work then, nobody asks. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits for work, but not longer than `ms`, and for its end only: errors are ignored. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { signal, stop } = timer(ms);
  await untilAborted(work, signal).catch(() => undefined);
  stop();
}

function timer(ms: number): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const timeout = setTimeout(() => {
    controller.abort();
  }, ms);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timeout);
    },
  };
}
