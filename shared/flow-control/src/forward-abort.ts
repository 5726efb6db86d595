/**
 * Aborts `controller` when `parent` aborts, with the same reason. Answers a function that undoes the link; call it when
 * the work ends, so that thousands of short jobs leave no listener on the signal of a long run
 * (`AbortSignal.any` keeps them until the parent dies).
 */
export function forwardAbort(parent: AbortSignal | undefined, controller: AbortController): () => void {
  if (parent === undefined) return () => undefined;
  if (parent.aborted) {
    controller.abort(parent.reason);
    return () => undefined;
  }
  const onAbort = (): void => {
    controller.abort(parent.reason);
  };
  parent.addEventListener('abort', onAbort, { once: true });
  return () => {
    parent.removeEventListener('abort', onAbort);
  };
}
