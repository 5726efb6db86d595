import type { TypeDifference } from './graph-difference.js';

/** A compared graph. */
export interface ComparedGraph {
  package: string;
  graph: string;
  simulated: boolean;
  /** Why a difference may be none: the graph is not complete. */
  incomplete?: string;
}

/** What `diff --json` writes. */
export interface DiffReport {
  before: ComparedGraph;
  after: ComparedGraph;
  equal: boolean;
  /** Types without a difference are left out. */
  types: TypeDifference[];
}
