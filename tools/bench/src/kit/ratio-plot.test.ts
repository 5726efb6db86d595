import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Measurement } from './measurement.js';
import { ratioPlot } from './ratio-plot.js';

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements of an SVG in their order. The parser throws when it is not well-formed. */
function parsed(svg: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(svg).close();
  return elements;
}

/** Pairs with these ratios in wall time; in CPU time and memory both programs take the same. */
function measured(name: string, wallRatios: readonly number[]): Measurement {
  const figures = { wallMs: 1_000, cpuMs: 1_000, peakMb: 100, files: 1, writtenMb: 1 };
  return {
    case: name,
    ours: wallRatios.map((ratio) => ({ ...figures, wallMs: ratio * 1_000 })),
    other: { name: 'bare', runs: wallRatios.map(() => figures) },
  };
}

function texts(elements: readonly Element[]): string[] {
  return elements.filter(({ name }) => name === 'text').map(({ text }) => text);
}

function ticks(elements: readonly Element[]): { ratio: number; x: number }[] {
  return elements
    .filter(({ name, attributes }) => name === 'text' && attributes['text-anchor'] === 'middle')
    .map(({ attributes, text }) => ({ ratio: Number(text), x: Number(attributes['x']) }));
}

describe('ratioPlot', () => {
  it('is well-formed, and shows names with special characters as they are', () => {
    const title = `runZero: <collect> & "bare" isn't ]]> it`;
    const elements = parsed(ratioPlot(title, [measured('10x & <more>', [1.2])]));

    expect(elements.at(0)?.name).toBe('svg');
    expect(elements.find(({ name }) => name === 'title')?.text).toBe(title);
    expect(texts(elements)).toContain(title);
    expect(texts(elements)).toContain('10x & <more>');
  });

  it('names the three figures and gives the median of each', () => {
    const elements = parsed(ratioPlot('Acme', [measured('10x', [1.9, 1.36, 1.1])]));

    expect(texts(elements)).toEqual(expect.arrayContaining(['wall time', 'CPU time', 'peak memory']));
    expect(texts(elements).filter((text) => /^\d+\.\d\d$/.test(text))).toEqual(['1.36', '1.00', '1.00']);
  });

  it.each([
    ['nothing above 1', [0.4], [0, 0.5, 1, 1.5, 2]],
    ['ratios above 3', [3.2, 1], [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]],
    ['ratios for which steps of a half are too narrow', [9.5], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['huge ratios', [120], [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]],
  ])('has an axis for %s', (_, wallRatios, expected) => {
    const elements = parsed(ratioPlot('Acme', [measured('1x', wallRatios)]));

    expect(ticks(elements).map(({ ratio }) => ratio)).toEqual(expected);
  });

  it.each([[0.4], [9.5], [30]])('marks the ratio 1 when the largest is %d', (wallRatio) => {
    const elements = parsed(ratioPlot('Acme', [measured('1x', [wallRatio])]));
    const mark = elements.find(({ attributes }) => attributes['stroke-dasharray'] !== undefined);
    // In CPU time and memory the programs take the same.
    const same = elements.filter(({ attributes }) => attributes['stroke-width'] === '5').at(-1);

    expect(mark?.attributes['x1']).toBeDefined();
    expect(mark?.attributes['x1']).toBe(same?.attributes['x1']);
  });

  it.each([[[1.5]], [[2, 3.5, 0.5]], [[7]]])('draws %j where the axis says', (wallRatios) => {
    const elements = parsed(ratioPlot('Acme', [measured('1x', wallRatios)]));
    const [zero, ...others] = ticks(elements);
    const end = others.at(-1);
    const expectedX = (ratio: number): number =>
      (zero?.x ?? 0) + ((end?.x ?? 0) - (zero?.x ?? 0)) * (ratio / (end?.ratio ?? 1));
    const [bar] = elements.filter(({ attributes }) => attributes['stroke-width'] === '5');
    const dot = elements.find(
      ({ name, attributes }) => name === 'circle' && attributes['cy'] === bar?.attributes['y1'],
    );
    const sorted = wallRatios.toSorted((a, b) => a - b);

    expect(Number(bar?.attributes['x1'])).toBeCloseTo(expectedX(sorted.at(0) ?? 0), 0);
    expect(Number(dot?.attributes['cx'])).toBeCloseTo(expectedX(sorted.at((sorted.length - 1) / 2) ?? 0), 0);
    expect(Number(bar?.attributes['x2'])).toBeCloseTo(expectedX(sorted.at(-1) ?? 0), 0);
  });

  it('keeps everything inside the picture, and leaves out cases that have one program only', () => {
    const alone: Measurement = { case: 'nothing to compare with', ours: measured('', [1]).ours };
    const elements = parsed(ratioPlot('Acme', [measured('1x', [14]), alone, measured('10x', [0.01])]));
    const [svg] = elements;
    const [width, height] = [Number(svg?.attributes['width']), Number(svg?.attributes['height'])];
    const along = (...names: string[]): number[] =>
      elements.flatMap(({ attributes }) => names.flatMap((name) => Number(attributes[name] ?? 0)));

    expect(texts(elements)).not.toContain('nothing to compare with');
    expect(elements.filter(({ attributes }) => attributes['stroke-width'] === '5')).toHaveLength(6);
    expect(Math.min(...along('x', 'x1', 'x2', 'cx', 'y', 'y1', 'y2', 'cy'))).toBe(0);
    expect(Math.max(...along('x', 'x1', 'x2', 'cx'))).toBeLessThan(width);
    expect(Math.max(...along('y', 'y1', 'y2', 'cy'))).toBeLessThan(height);
  });
});
