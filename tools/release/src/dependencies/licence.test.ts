import { describe, expect, it } from 'vitest';
import { isAllowed, licenceOf } from './licence.js';

describe('licenceOf', () => {
  it.each([
    ['an expression', { license: 'MIT' }, 'MIT'],
    ['an object', { license: { type: 'ISC', url: 'https://example.com' } }, 'ISC'],
    ['a list', { licenses: [{ type: 'MIT' }] }, 'MIT'],
    ['a choice', { licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] }, '(MIT OR Apache-2.0)'],
    ['nothing', {}, undefined],
    ['something else', { license: 7 }, undefined],
  ])('reads %s', (_what, manifest, licence) => {
    expect(licenceOf(manifest)).toBe(licence);
  });
});

describe('isAllowed', () => {
  const allowed = new Set(['MIT', 'BSD-3-Clause']);

  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['(GPL-2.0-only OR GPL-3.0-only)', false],
    ['MIT AND BSD-3-Clause', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT AND BSD-3-Clause)', true],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
  ])('%s: %s', (expression, expected) => {
    expect(isAllowed(expression, allowed)).toBe(expected);
  });
});
