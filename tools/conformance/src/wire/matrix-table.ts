import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../vendors.js';
import type { FaultCase, Outcome } from './wire-faults.js';

/** What one vendor's collection came to. */
export interface MatrixRow {
  readonly fault: string;
  readonly when: 'once' | 'always';
  readonly vendor: string;
  readonly outcome: 'complete' | 'error';
}

/** The promise for each fault, as a table in Markdown. */
export function matrixTable(
  faults: readonly ({ readonly fault: string } & Pick<FaultCase, 'once' | 'always'>)[],
): string {
  const inWords: Readonly<Record<Outcome, string>> = {
    complete: 'complete',
    error: 'error, types partial',
    'complete or error': 'complete, or error, types partial',
  };
  return table(
    ['fault', 'at the first request for each resource', 'at every request for one resource'],
    faults.map(({ fault, once, always }) => [fault, inWords[once], inWords[always]]),
  );
}

/** Shows what came of each fault for each vendor, and leaves it in `test-results/fault-matrix.md`. */
export function writeMatrix(rows: readonly MatrixRow[]): void {
  const vendors = [...new Set(rows.map(({ vendor }) => vendor))].sort();
  const faults = [...new Set(rows.map(({ fault }) => fault))];
  const cell = (fault: string, vendor: string, when: MatrixRow['when']): string =>
    rows.find((row) => row.fault === fault && row.vendor === vendor && row.when === when)?.outcome ?? 'not run';
  const text = table(
    ['fault', ...vendors.map((vendor) => `${vendor}: once / always`)],
    faults.map((fault) => [
      fault,
      ...vendors.map((vendor) => `${cell(fault, vendor, 'once')} / ${cell(fault, vendor, 'always')}`),
    ]),
  );
  process.stdout.write(`\n${text}\n`);
  mkdirSync(join(WORKSPACE, 'test-results'), { recursive: true });
  writeFileSync(join(WORKSPACE, 'test-results', 'fault-matrix.md'), text);
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const row = (line: readonly string[]): string =>
    `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return row(head) + rule + lines.map(row).join('');
}
