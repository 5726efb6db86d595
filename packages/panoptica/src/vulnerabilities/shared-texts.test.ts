import { expect, it } from 'vitest';
import { SharedTexts } from './shared-texts.js';

it('knows each text by one number, and no text by 0', () => {
  const texts = new SharedTexts();

  expect(['a', 'b', 'a', undefined, ''].map((text) => texts.numberOf(text))).toEqual([1, 2, 1, 0, 3]);
  expect([1, 2, 3, 0, 4].map((number) => texts.textOf(number))).toEqual(['a', 'b', '', undefined, undefined]);
});
