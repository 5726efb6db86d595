import { describe, expect, it } from 'vitest';
import { cveIdOf, highestSeverity, toFinding, widestVector, type Finding } from './cve.js';

describe('cveIdOf', () => {
  it.each([
    ['CVE-2018-19932', 'CVE-2018-19932'],
    ['cve-2018-1000876', 'CVE-2018-1000876'],
    [' CVE-2021-1234 ', 'CVE-2021-1234'],
    ['CVE-2021-123', undefined],
    ['CVE-21-1234', undefined],
    ['ALAS-2021-1234', undefined],
    ['CVE-2021-1234; DROP', undefined],
    ['', undefined],
  ])('reads %j as %j', (number, expected) => {
    expect(cveIdOf(number)).toBe(expected);
  });
});

describe('toFinding', () => {
  it('takes what a row says of the package', () => {
    expect(
      toFinding({
        cveNumber: 'CVE-2018-19932',
        reportedPackage: ' binutils 2.25.1',
        systemPackage: 'binutils 2.25.1-31.amzn1',
        vectorType: 'Network',
        severity: 'MEDIUM',
        isSuppressed: true,
        securityNotices: [{}],
      }),
    ).toEqual({
      reportedPackage: 'binutils 2.25.1',
      systemPackage: 'binutils 2.25.1-31.amzn1',
      vector: 'network',
      severity: 'medium',
      suppressed: true,
      hasSecurityNotice: true,
    });
  });

  it('takes a row that says nothing as not suppressed and without a notice', () => {
    expect(toFinding({ cveNumber: 'CVE-2018-19932', severity: '', securityNotices: [] })).toEqual({
      reportedPackage: undefined,
      systemPackage: undefined,
      vector: undefined,
      severity: undefined,
      suppressed: false,
      hasSecurityNotice: false,
    });
  });
});

describe('highestSeverity', () => {
  it.each([
    [[], undefined],
    [[undefined], undefined],
    [['low'], 'low'],
    [['low', 'high', 'medium'], 'high'],
    [['medium', undefined, 'low'], 'medium'],
    [['odd', 'low'], 'low'],
    [['odd'], 'odd'],
  ])('of %j is %j', (severities, expected) => {
    expect(highestSeverity(severities.map((severity) => finding({ severity })))).toBe(expected);
  });
});

describe('widestVector', () => {
  it.each([
    [[], undefined],
    [['local'], 'local'],
    [['local', 'network'], 'network'],
    [[undefined, 'adjacent', 'local'], 'adjacent'],
  ])('of %j is %j', (vectors, expected) => {
    expect(widestVector(vectors.map((vector) => finding({ vector })))).toBe(expected);
  });
});

function finding(known: Partial<Finding>): Finding {
  return {
    reportedPackage: undefined,
    systemPackage: undefined,
    severity: undefined,
    vector: undefined,
    suppressed: false,
    hasSecurityNotice: false,
    ...known,
  };
}
