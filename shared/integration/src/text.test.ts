import { expect, it } from 'vitest';
import { text } from './text.js';

it.each([
  ['Acme', 'Acme'],
  ['  Acme Inc. \n', 'Acme Inc.'],
  [' ', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('text(%j) is %j', (value, expected) => {
  expect(text(value)).toBe(expected);
});
