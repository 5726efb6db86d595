/** Options that all ways of paging share. */
export interface PaginationOptions {
  /** Pages fetched ahead while the current one is processed; default 1, 0 fetches on demand only. */
  prefetch?: number;
  /** Stops the paging: the pending and each further `next()` rejects with its reason. */
  signal?: AbortSignal;
}
