import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { ratios, spread, type Measurement, type Spread } from './measurement.js';
import { ratioPlot } from './ratio-plot.js';

const RESULTS = fileURLToPath(new URL('../../results', import.meta.url));

/** Writes a benchmark's figures: a table to stdout, JSON and a plot to the folder `results`. */
export function report(name: string, title: string, measurements: readonly Measurement[]): void {
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify({ title, machine, measurements }, undefined, 2)}\n`);
  writeFileSync(join(RESULTS, `${name}.svg`), ratioPlot(title, measurements));
  process.stdout.write(`${[`# ${title}`, '', ...table(measurements)].join('\n')}\n\n`);
}

/** A table in Markdown. */
export function table(measurements: readonly Measurement[]): string[] {
  const head = ['case', 'figure', 'ours', 'other', 'ratio min', 'median', 'max'];
  const rows = measurements.flatMap((measurement) => {
    const { ours, other, requests, peakInFlight } = measurement;
    const row = (label: string, figure: 'wallMs' | 'cpuMs' | 'peakMb', unit: number): string[] => {
      const median = (runs: typeof ours): string => number(spread(runs.map((run) => run[figure] / unit)).median);
      const ratio = ratios(measurement, figure);
      return [measurement.case, label, median(ours), other === undefined ? '' : median(other.runs), ...three(ratio)];
    };
    const last = ours.at(-1);
    const lastOther = other?.runs.at(-1);
    return [
      row('wall, s', 'wallMs', 1000),
      row('CPU, s', 'cpuMs', 1000),
      row('peak memory, MB', 'peakMb', 1),
      [measurement.case, 'files', String(last?.files), String(lastOther?.files ?? ''), '', '', ''],
      [measurement.case, 'written, MB', number(last?.writtenMb), number(lastOther?.writtenMb), '', '', ''],
      ...(requests === undefined
        ? []
        : [[measurement.case, 'requests (most at once)', `${requests} (${peakInFlight ?? ''})`, '', '', '', '']]),
    ];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function three(ratio: Spread | undefined): string[] {
  return ratio === undefined ? ['', '', ''] : [ratio.min, ratio.median, ratio.max].map(number);
}

function number(value: number | undefined): string {
  if (value === undefined) return '';
  return value < 100 ? value.toFixed(2) : Math.round(value).toString();
}
