import type { ProcessFigures } from './run-process.js';

/** A program that is measured against another one. */
export interface Contender {
  name: string;
  run(): Promise<ProcessFigures>;
}

const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);

/** Runs two programs in turn and writes what each took, and the ratio first/second of each pair, to stdout. */
export async function comparePairs(title: string, first: Contender, second: Contender): Promise<void> {
  const pairs: [ProcessFigures, ProcessFigures][] = [];
  for (let run = 0; run < RUNS; run += 1) pairs.push([await first.run(), await second.run()]);
  const rows = (['wallMs', 'cpuMs', 'peakMb'] as const).flatMap((figure) => [
    row(
      figure,
      first.name,
      pairs.map(([a]) => a[figure]),
    ),
    row(
      figure,
      second.name,
      pairs.map(([, b]) => b[figure]),
    ),
    row(
      figure,
      `${first.name} / ${second.name}`,
      pairs.map(([a, b]) => a[figure] / b[figure]),
    ),
  ]);
  const heading = `${'figure'.padEnd(8)}${'program'.padEnd(44)}${'min'.padStart(10)}${'median'.padStart(10)}${'max'.padStart(10)}`;
  process.stdout.write(`${[title, `${RUNS} pairs, Node ${process.version}`, heading, ...rows].join('\n')}\n`);
}

function row(figure: string, name: string, values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [min = 0, median = 0, max = 0] = [0, Math.floor((sorted.length - 1) / 2), sorted.length - 1].map(
    (index) => sorted[index] ?? 0,
  );
  const cells = [min, median, max].map((value) =>
    (value < 100 ? value.toFixed(2) : Math.round(value).toString()).padStart(10),
  );
  return `${figure.padEnd(8)}${name.padEnd(44)}${cells.join('')}`;
}
