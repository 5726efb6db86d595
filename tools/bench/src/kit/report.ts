import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { growthOf, type Growth } from './growth.js';
import { ratios, spread, type Measurement, type Spread } from './measurement.js';
import { ratioPlot } from './ratio-plot.js';
import { sameObjects, type WrittenObjects } from './written-objects.js';

const RESULTS = process.env['BENCH_RESULTS'] ?? fileURLToPath(new URL('../../results', import.meta.url));

/**
 * Writes a benchmark's figures: tables to stdout; JSON and, where programs were compared, a plot to the folder `results`, or
 * that of the variable `BENCH_RESULTS`.
 */
export function report(name: string, title: string, measurements: readonly Measurement[]): void {
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const growth = growthOf(measurements);
  mkdirSync(RESULTS, { recursive: true });
  const json = JSON.stringify({ title, machine, measurements, growth }, undefined, 2);
  writeFileSync(join(RESULTS, `${name}.json`), `${json}\n`);
  if (measurements.some(({ other }) => other !== undefined))
    writeFileSync(join(RESULTS, `${name}.svg`), ratioPlot(title, measurements));
  const tables = [table(measurements), ...(growth.length === 0 ? [] : [growthTable(growth)])];
  process.stdout.write(`${[`# ${title}`, ...tables.map((lines) => lines.join('\n'))].join('\n\n')}\n\n`);
}

/** A table in Markdown. */
export function table(measurements: readonly Measurement[]): string[] {
  const rows = measurements.flatMap((measurement) => {
    const { ours, other, requests, peakInFlight, objects } = measurement;
    const row = (label: string, figure: 'wallMs' | 'cpuMs' | 'peakMb', unit: number): string[] => {
      const median = (runs: typeof ours): string => number(spread(runs.map((run) => run[figure] / unit)).median);
      const ratio = ratios(measurement, figure);
      return [measurement.case, label, median(ours), other === undefined ? '' : median(other.runs), ...three(ratio)];
    };
    const plain = (label: string, ofOurs: string, ofOther: string): string[] => [
      measurement.case,
      label,
      ofOurs,
      ofOther,
      ...three(undefined),
    ];
    const last = ours.at(-1);
    const lastOther = other?.runs.at(-1);
    return [
      row('wall, s', 'wallMs', 1000),
      row('CPU, s', 'cpuMs', 1000),
      row('peak memory, MB', 'peakMb', 1),
      ...(objects === undefined ? [] : objectRows(objects).map(([label, ...cells]) => plain(label, ...cells))),
      plain('files', String(last?.files), String(lastOther?.files ?? '')),
      plain('written, MB', number(last?.writtenMb), number(lastOther?.writtenMb)),
      ...(requests === undefined ? [] : [plain('requests (most at once)', `${requests} (${peakInFlight ?? ''})`, '')]),
    ];
  });
  return markdown(['case', 'figure', 'ours', 'other', 'ratio min', 'median', 'max'], rows);
}

/** A table in Markdown: what more data cost our program. */
export function growthTable(growth: readonly Growth[]): string[] {
  return markdown(
    ['growth of ours', 'data', 'median wall', 'median CPU'],
    growth.map(({ from, to, data, medianWall, medianCpu }) => [
      `${to} / ${from}`,
      ...[data, medianWall, medianCpu].map((ratio) => `× ${number(ratio)}`),
    ]),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function objectRows({ ours, other }: NonNullable<Measurement['objects']>): [string, string, string][] {
  const counts = ['entities', 'relationships'].map((collection): [string, string, string] => [
    collection,
    sum(ours, collection),
    other === undefined ? '' : sum(other, collection),
  ]);
  if (other === undefined) return counts;
  const same = sameObjects(ours, other).toString();
  return [...counts, ['of these the same', same, same]];
}

function sum(objects: WrittenObjects, collection: string): string {
  return Object.entries(objects)
    .filter(([kind]) => kind.startsWith(`${collection}/`))
    .reduce((total, [, { count }]) => total + count, 0)
    .toString();
}

function three(ratio: Spread | undefined): string[] {
  return ratio === undefined ? ['', '', ''] : [ratio.min, ratio.median, ratio.max].map(number);
}

function number(value: number | undefined): string {
  if (value === undefined) return '';
  return value < 100 ? value.toFixed(2) : Math.round(value).toString();
}
