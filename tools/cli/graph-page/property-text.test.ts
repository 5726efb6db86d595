import { describe, expect, it } from 'vitest';
import { propertyText } from './property-text.js';

describe('propertyText', () => {
  it.each([
    ['createdOn', 1_700_000_000_000, '2023-11-14 22:13:20 UTC'],
    ['lastSeenAt', 1_700_000_000_001, '2023-11-14 22:13:20.001 UTC'],
    ['createdOn', 12, '12'],
    ['score', 1_700_000_000_000, '1700000000000'],
    ['ports', ['22', '443'], '22\n443'],
    ['ports', [22, 443], '22\n443'],
    ['active', false, 'false'],
    ['name', '<b>', '<b>'],
    ['nested', { a: [1] }, '{\n "a": [\n  1\n ]\n}'],
  ])('shows %s %j as %j', (name, value, text) => {
    expect(propertyText(name, value)).toBe(text);
  });
});
