import type { Random } from '../../kit/random.js';
import { advisory, severityOf } from './advisories.js';
import type { Advisory, Severity } from './advisories.js';

/** A row of `/images/{id}/vulnerabilities`: one per vulnerability and layer. */
export interface FindingRow extends Advisory {
  vulnerabilitySources: {
    fixAvailability: string;
    sources: readonly { packageName: string; packageVersion: string; fixVersion: string | null }[];
  };
  layerName: string;
}

/** The findings of one image. Rows are made when they are asked for: there may be hundreds of thousands of them. */
export interface Findings {
  readonly count: number;
  severityAt(index: number): Severity;
  rowAt(index: number): FindingRow;
}

export const LAYER_PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';
/** The vendor's spelling. */
const FIXES = ['FIX_AVILABLE', 'NO_FIX', 'PARTIAL_FIX', 'FIX_AVILABLE', 'NO_FIX'] as const;
const PACKAGES = ['curl', 'openssl', 'glibc', 'zlib', 'bash', 'systemd', 'libxml2', 'perl', 'python3', 'tar'] as const;

export interface FindingsPlan {
  rows: number;
  /** The image's first vulnerability; the following rows have the following ones. */
  first: number;
  /** From here on the numbers start at 0 again, in the image's next layer. */
  distinct: number;
  layers: readonly string[];
  /** Differs from image to image: so do the packages and whether there is a fix. */
  variant: number;
}

/** Row r is vulnerability `(first + r) mod distinct`, so an image has `min(rows, distinct)` distinct ones. */
export function plannedFindings(seeded: Random, plan: FindingsPlan): Findings {
  const { rows, first, distinct, layers, variant } = plan;
  const numberAt = (index: number) => (first + index) % distinct;
  return {
    count: rows,
    severityAt: (index) => severityOf(numberAt(index)),
    rowAt: (index) => {
      const n = numberAt(index);
      return {
        ...advisory(seeded, n),
        vulnerabilitySources: sources(n, variant),
        layerName: layers[(n + Math.floor(index / distinct)) % layers.length] ?? LAYER_PLACEHOLDER,
      };
    },
  };
}

/** Rows that were written by hand. */
export function listedFindings(rows: readonly FindingRow[]): Findings {
  return {
    count: rows.length,
    severityAt: (index) => rowAt(rows, index).severity,
    rowAt: (index) => rowAt(rows, index),
  };
}

export function sources(n: number, variant: number): FindingRow['vulnerabilitySources'] {
  const fixAvailability = FIXES[(n + variant) % FIXES.length] ?? 'NO_FIX';
  const packages = n % 20 === 9 ? 3 : 1;
  return {
    fixAvailability,
    sources: Array.from({ length: packages }, (_, index) => ({
      packageName: PACKAGES[(n + index) % PACKAGES.length] ?? 'curl',
      packageVersion: `${1 + (n % 9)}.${variant % 4}.${index}`,
      fixVersion: fixAvailability === 'NO_FIX' ? null : `${1 + (n % 9)}.${(variant % 4) + 1}.${index}`,
    })),
  };
}

function rowAt(rows: readonly FindingRow[], index: number): FindingRow {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`There is no row ${index}.`);
  return row;
}
