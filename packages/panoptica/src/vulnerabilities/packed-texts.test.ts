import { describe, expect, it } from 'vitest';
import { PackedTexts } from './packed-texts.js';

describe('PackedTexts', () => {
  it.each([0, 1, 2, 1_000])('gives %i texts back as they were, in order, over several chunks', (count) => {
    const texts = Array.from({ length: count }, (_, index) =>
      JSON.stringify({ index, text: `"ü\n😀${'x'.repeat(index)}` }),
    );
    const packed = new PackedTexts();

    for (const text of texts) packed.append(text);

    expect([...packed.drain()]).toEqual(texts);
    expect([...packed.drain()]).toEqual([]);
  });
});
