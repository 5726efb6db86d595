import { describe, expect, it } from 'vitest';
import { isEmailAddress } from './email-address.js';

describe('isEmailAddress', () => {
  it.each([
    ['ana.b+ops@example.com', true],
    ['Ana@Example.COM', true],
    ['ana@localhost', false],
    ['ana', false],
    ['ana@', false],
    ['@example.com', false],
    ['ana b@example.com', false],
    ['ana@exam ple.com', false],
    ['', false],
  ])('says of "%s": %s', (text, expected) => {
    expect(isEmailAddress(text)).toBe(expected);
  });
});
