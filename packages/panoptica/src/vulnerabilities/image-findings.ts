import { text } from '@vendor-graph/integration';
import type { Vulnerability } from '../records.js';
import { worseFix } from './fix-availability.js';

type Source = NonNullable<NonNullable<Vulnerability['vulnerabilitySources']>['sources']>[number];

/** What one image's rows say of one vulnerability; the lists are distinct and sorted. */
export interface ImageFinding {
  vulnerabilityId: string;
  /** The worst of the image's layers. */
  fixAvailability: string | undefined;
  layerNames: readonly string[];
  packageNames: readonly string[];
  packageVersions: readonly string[];
  fixVersions: readonly string[];
}

/** What is kept of a row. */
interface Entry {
  /** From 0 on, in the order in which they came. */
  readonly number: number;
  /** Without a name: ''. */
  readonly layerName: string;
  readonly fixAvailability: string | undefined;
  readonly sources: readonly Source[];
  /** The row of the same vulnerability that came before. */
  readonly previous: Entry | undefined;
}

const NO_SOURCES: readonly Source[] = [];

/**
 * Gathers the rows of one image into one finding per vulnerability, whatever their order and however often each comes.
 *
 * Many images are read at the same time, and each waits for its next page with what it has gathered: that is kept small,
 * because the garbage collector copies it meanwhile.
 */
export class ImageFindings {
  /** By the vendor's id: the row that came last. */
  readonly #entries = new Map<string, Entry>();
  /** Each row brings its own copy of the same few names. */
  readonly #layerNames = new Map<string, string>();
  #count = 0;

  /** Answers the number of the row, from 0 on: the old one for a row that was added before. */
  add({ id, layerName = '', vulnerabilitySources }: Vulnerability): number {
    const previous = this.#entries.get(id);
    for (let entry = previous; entry !== undefined; entry = entry.previous) {
      // A vulnerability has one row for each layer.
      if (entry.layerName === layerName) return entry.number;
    }
    const number = this.#count;
    this.#count += 1;
    this.#entries.set(id, {
      number,
      layerName: this.#sharedName(layerName),
      fixAvailability: vulnerabilitySources?.fixAvailability,
      sources: vulnerabilitySources?.sources ?? NO_SOURCES,
      previous,
    });
    return number;
  }

  *[Symbol.iterator](): Generator<ImageFinding, void, undefined> {
    for (const [vulnerabilityId, last] of this.#entries) {
      const entries = rowsUpTo(last);
      // Most have one row; then there is nothing to put together.
      const sources = entries.length === 1 ? last.sources : entries.flatMap((entry) => entry.sources);
      yield {
        vulnerabilityId,
        fixAvailability: entries.map((entry) => entry.fixAvailability).reduce(worseFix),
        layerNames: distinct(entries, ({ layerName }) => layerName),
        packageNames: distinct(sources, ({ packageName }) => packageName),
        packageVersions: distinct(sources, ({ packageVersion }) => packageVersion),
        fixVersions: distinct(sources, ({ fixVersion }) => fixVersion),
      };
    }
  }

  #sharedName(layerName: string): string {
    const known = this.#layerNames.get(layerName);
    if (known !== undefined) return known;
    this.#layerNames.set(layerName, layerName);
    return layerName;
  }
}

function rowsUpTo(last: Entry): readonly Entry[] {
  const rows = [last];
  for (let row = last.previous; row !== undefined; row = row.previous) rows.push(row);
  return rows;
}

function distinct<T>(items: readonly T[], textOf: (item: T) => string | undefined): string[] {
  const told: string[] = [];
  for (const item of items) {
    const content = textOf(item);
    if (content !== undefined && text(content) !== undefined) told.push(content);
  }
  // The usual case.
  return told.length < 2 ? told : [...new Set(told)].sort();
}
