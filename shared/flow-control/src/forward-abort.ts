import { onAbort } from './on-abort.js';

/** Aborts `controller` when `parent` aborts or has aborted, with its reason. Answers a function that undoes the link. */
export function forwardAbort(parent: AbortSignal | undefined, controller: AbortController): () => void {
  if (parent?.aborted === true) controller.abort(parent.reason);
  return onAbort(parent, (reason) => {
    controller.abort(reason);
  });
}
