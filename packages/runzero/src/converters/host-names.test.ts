import { describe, expect, it } from 'vitest';
import { fullyQualifiedNames, hostnameOf } from './host-names.js';

describe('hostnameOf', () => {
  it.each([
    [['FILE_SRV_01', 'FS01.CORP.EXAMPLE.COM', 'FS01'], 'FS01'],
    [['FILE_SRV_01', 'FS02.CORP.EXAMPLE.COM'], 'FS02'],
    [['BAD_LABEL.CORP.EXAMPLE.COM', 'GOOD.CORP.EXAMPLE.COM'], null],
    [['FILE_SRV_01'], null],
    [['X'], null],
    [['-LEADING'], null],
    [['A'.repeat(64)], null],
    [['A'.repeat(63)], 'A'.repeat(63)],
    [['192.168.1.1'], null],
    [['192.168.1.1', 'FS01.EXAMPLE.COM'], 'FS01'],
    [[], null],
  ])('finds in %j the host name %j', (names, expected) => {
    expect(hostnameOf(names)).toBe(expected);
  });
});

describe('fullyQualifiedNames', () => {
  it.each([
    [['FILE_SRV_01', 'FS01.CORP.EXAMPLE.COM', 'FS01', 'FS01.CORP.EXAMPLE.COM'], ['FS01.CORP.EXAMPLE.COM']],
    [
      ['A.CORP', 'B.CORP'],
      ['A.CORP', 'B.CORP'],
    ],
    [['192.168.1.1'], null],
    [['HOST.LOCAL1'], null],
    [['UNDER_SCORE.CORP.EXAMPLE.COM'], null],
    [['-A.EXAMPLE.COM', 'A-.EXAMPLE.COM', '.EXAMPLE.COM', 'A..COM', 'EXAMPLE.COM.'], null],
    [['A.B'], null],
    [[`${'A'.repeat(63)}.${'B'.repeat(63)}.${'C'.repeat(63)}.${'D'.repeat(58)}.COM`], null],
    [[`${'A'.repeat(63)}.COM`], [`${'A'.repeat(63)}.COM`]],
    [[`${'A'.repeat(64)}.COM`], null],
    [[], null],
  ])('finds in %j the domain names %j', (names, expected) => {
    expect(fullyQualifiedNames(names)).toEqual(expected);
  });
});
