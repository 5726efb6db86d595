/** From bad to good; the last one is the vendor's spelling. */
const WORST_FIRST = ['NO_FIX', 'PARTIAL_FIX', 'FIX_AVILABLE'];

/**
 * The worse of two answers to "is there a fix?". A word that is not known counts as better than all that are; of two such
 * the smaller one is taken, so that the result does not depend on which came first.
 */
export function worseFix(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [rankOfA, rankOfB] = [rank(a), rank(b)];
  if (rankOfA === rankOfB) return a < b ? a : b;
  return rankOfA < rankOfB ? a : b;
}

function rank(fix: string): number {
  const index = WORST_FIRST.indexOf(fix);
  return index === -1 ? WORST_FIRST.length : index;
}
