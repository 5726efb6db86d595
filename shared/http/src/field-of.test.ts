import { expect, it } from 'vitest';
import { fieldOf } from './field-of.js';

it.each([
  ['a text', { token: 'next' }, 'next'],
  ['null', { token: null }, null],
  ['nothing where there is no field', { other: 1 }, undefined],
  ['nothing of null', null, undefined],
  ['nothing of a text', 'token', undefined],
  ['nothing of a list', ['token'], undefined],
])('finds %s', (_, value, expected) => {
  expect(fieldOf(value, 'token')).toBe(expected);
});

it.each(['constructor', '__proto__', 'toString'])('finds no %s that every object inherits', (name) => {
  expect(fieldOf({}, name)).toBeUndefined();
});
