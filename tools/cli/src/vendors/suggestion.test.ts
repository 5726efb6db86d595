import { describe, expect, it } from 'vitest';
import { knownWords, suggestion } from './suggestion.js';

const VENDORS = ['aquasec', 'panoptica', 'runzero', 'threatstack'];

describe('suggestion', () => {
  it.each([
    ['runzer', 'runzero'],
    ['run-zero', 'runzero'],
    ['THREATSTACK', 'threatstack'],
    ['threat-stack', 'threatstack'],
    ['aqua', 'aquasec'],
    ['aquasek', 'aquasec'],
    ['wiz', undefined],
  ])('for %s is %s', (word, expected) => {
    expect(suggestion(word, VENDORS)).toBe(expected);
  });
});

describe('knownWords', () => {
  it('asks and lists', () => {
    expect(knownWords('runzer', VENDORS)).toBe(
      ' Did you mean runzero? Known: aquasec, panoptica, runzero, threatstack.',
    );
  });

  it('lists when nothing is similar', () => {
    expect(knownWords('wiz', ['runzero'])).toBe(' Known: runzero.');
  });

  it('says nothing when nothing is known', () => {
    expect(knownWords('wiz', [])).toBe('');
  });
});
