import { expect, it } from 'vitest';
import { portOf } from './port.js';

it.each([
  [22, 22],
  ['22', 22],
  [65535, 65535],
  [0, undefined],
  ['0', undefined],
  ['', undefined],
  [' ', undefined],
  [65536, undefined],
  [-1, undefined],
  [22.5, undefined],
  ['ssh', undefined],
  [undefined, undefined],
])('reads %j as %j', (port, expected) => {
  expect(portOf(port)).toBe(expected);
});
