import { describe, expect, it } from 'vitest';
import { takePage } from './page.js';

const LETTERS = ['a', undefined, 'b', 'c', undefined];

describe('takePage', () => {
  it.each([
    [0, 10, { rows: ['a', 'b', 'c'], next: undefined }],
    [0, 3, { rows: ['a', 'b', 'c'], next: undefined }],
    [0, 2, { rows: ['a', 'b'], next: 3 }],
    [0, 1, { rows: ['a'], next: 2 }],
    [1, 1, { rows: ['b'], next: 3 }],
    [3, 1, { rows: ['c'], next: undefined }],
    [4, 1, { rows: [], next: undefined }],
    [9, 1, { rows: [], next: undefined }],
  ])('from %d on at most %d', (position, size, expected) => {
    expect(takePage(LETTERS.length, position, size, (at) => LETTERS[at])).toEqual(expected);
  });
});
