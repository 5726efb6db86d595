import { ratios, type Measurement } from './measurement.js';

const WIDTH = 760;
const LABELS = 230;
const ROW = 26;
const TOP = 54;
const FIGURES = [
  ['wallMs', 'wall', '#2563eb'],
  ['cpuMs', 'CPU', '#d97706'],
  ['peakMb', 'memory', '#059669'],
] as const;

/** An SVG: for each case the ratio ours/other of wall time, CPU time and memory, from minimum to maximum, median marked. */
export function ratioPlot(title: string, measurements: readonly Measurement[]): string {
  const rows = measurements.flatMap((measurement) =>
    FIGURES.map(([figure, label, colour]) => ({ measurement, label, colour, ratio: ratios(measurement, figure) })),
  );
  const most = Math.max(1.5, ...rows.map(({ ratio }) => ratio?.max ?? 0)) * 1.05;
  const x = (ratio: number): number => LABELS + (ratio / most) * (WIDTH - LABELS - 20);
  const height = TOP + rows.length * ROW + 20;
  const lines = rows.flatMap(({ measurement, label, colour, ratio }, index) => {
    if (ratio === undefined) return [];
    const y = TOP + index * ROW + ROW / 2;
    const { min, median, max } = ratio;
    return [
      `<text x="8" y="${y + 4}">${escaped(measurement.case)}: ${label}</text>`,
      `<line x1="${x(min)}" x2="${x(max)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="4"/>`,
      `<circle cx="${x(median)}" cy="${y}" r="6" fill="${colour}"><title>${median.toFixed(2)}</title></circle>`,
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="8" y="20" font-size="15">${escaped(title)}</text>`,
    `<text x="${x(1)}" y="44" text-anchor="middle">1</text>`,
    `<line x1="${x(1)}" x2="${x(1)}" y1="${TOP - 6}" y2="${height - 10}" stroke="#999" stroke-dasharray="4"/>`,
    ...lines,
    '</svg>',
  ].join('\n')}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
