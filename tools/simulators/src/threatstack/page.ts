/** One page of a listing: rows that are already JSON, and where the next page begins (undefined: there is none). */
export interface Page {
  readonly rows: readonly string[];
  readonly next: number | undefined;
}

/**
 * Takes a page from a position on. `rowAt` answers undefined for rows that a filter leaves out. The next page begins with
 * a row that exists, so no page is empty but that of an empty listing.
 */
export function takePage(
  length: number,
  position: number,
  size: number,
  rowAt: (position: number) => string | undefined,
): Page {
  const rows: string[] = [];
  for (let at = position; at < length; at += 1) {
    const row = rowAt(at);
    if (row === undefined) continue;
    if (rows.length === size) return { rows, next: at };
    rows.push(row);
  }
  return { rows, next: undefined };
}
