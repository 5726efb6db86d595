import { ratios, type Measurement, type Spread } from './measurement.js';

const WIDTH = 820;
const TITLE = 28;
const LEGEND = 52;
const TOP = 86;
const BAR = 22;
const GAP = 12;
const LABELS = 210;
/** For the median beside the longest bar. */
const RIGHT = 60;
/** The axis goes at least so far, so that small differences look small. */
const SHORTEST_AXIS = 2;
/** Between ticks; the first that is wide enough. */
const STEPS = [0.5, 1, 2, 5, 10, 20, 50, 100];
const MOST_TICKS = 14;
const FIGURES = [
  ['wallMs', 'wall time', '#1d4ed8'],
  ['cpuMs', 'CPU time', '#b45309'],
  ['peakMb', 'peak memory', '#047857'],
] as const;

/**
 * An SVG with a background of its own: for each case that has two programs the ratio ours/other of wall time, CPU time and
 * memory, as a bar from minimum to maximum with a dot at the median and the median in figures.
 */
export function ratioPlot(title: string, measurements: readonly Measurement[]): string {
  const groups = measurements.flatMap((measurement) => {
    const bars = FIGURES.flatMap(([figure, , colour]) => {
      const ratio = ratios(measurement, figure);
      return ratio === undefined ? [] : [{ colour, ratio }];
    });
    return bars.length === 0 ? [] : [{ label: measurement.case, bars }];
  });
  const most = Math.max(SHORTEST_AXIS, ...groups.flatMap(({ bars }) => bars.map(({ ratio }) => ratio.max)));
  const step = STEPS.find((one) => most / one <= MOST_TICKS) ?? most;
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
  const end = ticks.at(-1) ?? most;
  const x = (ratio: number): number => round(LABELS + (ratio / end) * (WIDTH - LABELS - RIGHT));
  const groupHeight = FIGURES.length * BAR + GAP;
  const bottom = TOP + groups.length * groupHeight;
  const height = bottom + 12;
  const marks = groups.flatMap(({ label, bars }, group) => {
    const top = TOP + GAP / 2 + group * groupHeight;
    const middle = top + (FIGURES.length * BAR) / 2;
    return [
      `<text x="12" y="${middle + 4}">${escaped(label)}</text>`,
      ...bars.flatMap(({ colour, ratio }, index) => bar(ratio, colour, top + index * BAR + BAR / 2, x)),
      `<line x1="12" x2="${WIDTH - 12}" y1="${top - GAP / 2}" y2="${top - GAP / 2}" stroke="#e5e7eb"/>`,
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#1f2937">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" rx="6" fill="#ffffff"/>`,
    `<text x="12" y="${TITLE}" font-size="15" font-weight="600">${escaped(title)}</text>`,
    ...legend(),
    ...ticks.flatMap((tick) => [
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${bottom}" stroke="#e5e7eb"/>`,
      `<text x="${x(tick)}" y="${TOP - 6}" text-anchor="middle" font-size="12" fill="#4b5563">${tick}</text>`,
    ]),
    `<line x1="${x(1)}" x2="${x(1)}" y1="${TOP}" y2="${bottom}" stroke="#6b7280" stroke-dasharray="4 3"/>`,
    ...marks,
    '</svg>',
  ].join('\n')}\n`;
}

function bar({ min, median, max }: Spread, colour: string, y: number, x: (ratio: number) => number): string[] {
  return [
    `<line x1="${x(min)}" x2="${x(max)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="5" stroke-linecap="round" stroke-opacity="0.45"/>`,
    `<circle cx="${x(median)}" cy="${y}" r="5.5" fill="${colour}"/>`,
    `<text x="${x(max) + 12}" y="${y + 4}" font-size="12" fill="${colour}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${median.toFixed(2)}</text>`,
  ];
}

function legend(): string[] {
  return [
    ...FIGURES.flatMap(([, label, colour], index) => {
      const left = 12 + index * 110;
      return [
        `<circle cx="${left + 6}" cy="${LEGEND - 4}" r="5.5" fill="${colour}"/>`,
        `<text x="${left + 18}" y="${LEGEND}">${label}</text>`,
      ];
    }),
    `<text x="${WIDTH - 12}" y="${LEGEND}" text-anchor="end" fill="#4b5563">ours / other: minimum, median, maximum of the pairs</text>`,
  ];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
