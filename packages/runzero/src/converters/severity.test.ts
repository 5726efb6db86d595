import { describe, expect, it } from 'vitest';
import { reaches, severityOf } from './severity.js';

describe('severityOf', () => {
  it.each([
    ['Critical', 'critical'],
    [' info ', 'info'],
    ['Urgent', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(severityOf(text)).toBe(expected);
  });
});

describe('reaches', () => {
  it.each([
    ['low', 'info', false],
    ['low', 'low', true],
    ['high', 'medium', false],
    ['high', 'critical', true],
    ['info', 'info', true],
    ['critical', undefined, true],
  ] as const)('from %s on, %j is wanted: %j', (minimum, severity, expected) => {
    expect(reaches(minimum, severity)).toBe(expected);
  });
});
