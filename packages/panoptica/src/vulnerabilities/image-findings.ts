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

interface Entry {
  fixAvailability: string | undefined;
  /** Without a name: ''. */
  layers: string[];
  sources: Source[];
}

/** Gathers the rows of one image into one finding per vulnerability, whatever their order and however often each comes. */
export class ImageFindings {
  readonly #entries = new Map<string, Entry>();

  add({ id, layerName = '', vulnerabilitySources }: Vulnerability): void {
    const entry = this.#entryOf(id);
    // A vulnerability has one row for each layer: this one was added before.
    if (entry.layers.includes(layerName)) return;
    entry.layers.push(layerName);
    entry.fixAvailability = worseFix(entry.fixAvailability, vulnerabilitySources?.fixAvailability);
    entry.sources.push(...(vulnerabilitySources?.sources ?? []));
  }

  *[Symbol.iterator](): Generator<ImageFinding, void, undefined> {
    for (const [vulnerabilityId, { fixAvailability, layers, sources }] of this.#entries) {
      yield {
        vulnerabilityId,
        fixAvailability,
        layerNames: distinct(layers),
        packageNames: distinct(sources.map(({ packageName }) => packageName)),
        packageVersions: distinct(sources.map(({ packageVersion }) => packageVersion)),
        fixVersions: distinct(sources.map(({ fixVersion }) => fixVersion)),
      };
    }
  }

  #entryOf(vulnerabilityId: string): Entry {
    const known = this.#entries.get(vulnerabilityId);
    if (known !== undefined) return known;
    const entry: Entry = { fixAvailability: undefined, layers: [], sources: [] };
    this.#entries.set(vulnerabilityId, entry);
    return entry;
  }
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((item) => item !== undefined && text(item) !== undefined))].sort() as string[];
}
