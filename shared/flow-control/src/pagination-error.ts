/**
 * `TOKEN_REPEATED`: the server handed out a page token for the second time.
 * `NO_PROGRESS`: the server says that there is more, but what it sends is empty, known already, or behind us.
 */
export type PaginationErrorCode = 'TOKEN_REPEATED' | 'NO_PROGRESS';

/** The server's paging would never end (a bug of the server); what was read so far is not the whole list. */
export class PaginationError extends Error {
  override readonly name = 'PaginationError';

  /** @param pages pages received until then, the offending one included */
  constructor(
    readonly code: PaginationErrorCode,
    readonly pages: number,
    problem: string,
  ) {
    super(
      `Paging stopped after ${pages} page${pages === 1 ? '' : 's'}: ${problem}. ` +
        'The list is incomplete; run again, and report it to the vendor if it happens again.',
    );
  }
}
