import { text } from '@vendor-graph/integration';
import type { Vulnerability } from '../records.js';
import { worseFix } from './fix-availability.js';

/** What one image's rows say of one vulnerability. */
export interface ImageFinding {
  vulnerabilityId: string;
  /** The worst of the image's layers. */
  fixAvailability: string | undefined;
  layerNames: ReadonlySet<string>;
  packageNames: ReadonlySet<string>;
  packageVersions: ReadonlySet<string>;
  fixVersions: ReadonlySet<string>;
}

interface WritableFinding {
  vulnerabilityId: string;
  fixAvailability: string | undefined;
  layerNames: Set<string>;
  packageNames: Set<string>;
  packageVersions: Set<string>;
  fixVersions: Set<string>;
}

/** Gathers the rows of one image into one finding per vulnerability, whatever the order of the rows. */
export class ImageFindings {
  readonly #findings = new Map<string, WritableFinding>();

  add({ id, layerName, vulnerabilitySources }: Vulnerability): void {
    const finding = this.#findingOf(id);
    finding.fixAvailability = worseFix(finding.fixAvailability, vulnerabilitySources?.fixAvailability);
    addText(finding.layerNames, layerName);
    for (const { packageName, packageVersion, fixVersion } of vulnerabilitySources?.sources ?? []) {
      addText(finding.packageNames, packageName);
      addText(finding.packageVersions, packageVersion);
      addText(finding.fixVersions, fixVersion);
    }
  }

  [Symbol.iterator](): Iterator<ImageFinding> {
    return this.#findings.values();
  }

  #findingOf(vulnerabilityId: string): WritableFinding {
    let finding = this.#findings.get(vulnerabilityId);
    if (finding === undefined) {
      finding = {
        vulnerabilityId,
        fixAvailability: undefined,
        layerNames: new Set(),
        packageNames: new Set(),
        packageVersions: new Set(),
        fixVersions: new Set(),
      };
      this.#findings.set(vulnerabilityId, finding);
    }
    return finding;
  }
}

function addText(texts: Set<string>, value: string | undefined): void {
  if (value !== undefined && text(value) !== undefined) texts.add(value);
}
