import { describe, expect, it } from 'vitest';
import type { Finding } from './cve.js';
import { cveTarget, identifiedProperties, identifiedRelationship } from './identified.js';

const CONTAINERD: Finding = {
  reportedPackage: 'containerd 1.3.3',
  systemPackage: 'containerd 1.3.3-0ubuntu2.2',
  severity: 'medium',
  vector: 'local',
  suppressed: false,
  hasSecurityNotice: false,
};
const RUNC: Finding = {
  reportedPackage: 'runc 1.0.0',
  systemPackage: 'runc 1.0.0~rc10-0ubuntu1',
  severity: 'low',
  vector: 'network',
  suppressed: true,
  hasSecurityNotice: true,
};

describe('cveTarget', () => {
  it('holds what is true of the CVE wherever it is found, and nothing of a host', () => {
    expect(cveTarget('CVE-2021-21334', [CONTAINERD, RUNC])).toEqual({
      _class: 'Vulnerability',
      _type: 'cve',
      _key: 'cve-2021-21334',
      name: 'CVE-2021-21334',
      displayName: 'CVE-2021-21334',
      cveId: 'CVE-2021-21334',
      webLink: 'https://nvd.nist.gov/vuln/detail/CVE-2021-21334',
      severity: 'medium',
      vector: 'network',
    });
  });

  it('cannot be changed, because all relationships to the CVE share it', () => {
    expect(Object.isFrozen(cveTarget('CVE-2021-21334', [RUNC]))).toBe(true);
  });
});

describe('identifiedProperties', () => {
  it.each([
    [
      'one package',
      [RUNC],
      {
        finding: 'runc 1.0.0~rc10-0ubuntu1',
        package: 'runc 1.0.0',
        packageCount: 1,
        severity: 'low',
        vector: 'network',
        suppressed: true,
        hasSecurityNotice: true,
      },
    ],
    [
      'two packages, one of them suppressed',
      [RUNC, CONTAINERD],
      {
        finding: 'containerd 1.3.3-0ubuntu2.2, runc 1.0.0~rc10-0ubuntu1',
        package: 'containerd 1.3.3, runc 1.0.0',
        packageCount: 2,
        severity: 'medium',
        vector: 'network',
        suppressed: false,
        hasSecurityNotice: true,
      },
    ],
    [
      'the same package twice',
      [CONTAINERD, { ...CONTAINERD, suppressed: true }],
      {
        finding: 'containerd 1.3.3-0ubuntu2.2',
        package: 'containerd 1.3.3',
        packageCount: 1,
        severity: 'medium',
        vector: 'local',
        suppressed: false,
        hasSecurityNotice: false,
      },
    ],
    [
      'a package that is known by the reported name only',
      [{ ...RUNC, systemPackage: undefined }],
      {
        finding: undefined,
        package: 'runc 1.0.0',
        packageCount: 1,
        severity: 'low',
        vector: 'network',
        suppressed: true,
        hasSecurityNotice: true,
      },
    ],
  ])('merges %s', (_, findings, expected) => {
    expect(identifiedProperties(findings)).toEqual(expected);
  });

  it('keeps texts within the length that a property may have', () => {
    const findings = Array.from({ length: 1_000 }, (_, i): Finding => ({
      ...RUNC,
      systemPackage: `package-${i} 1.0.0`,
    }));

    const { finding, packageCount } = identifiedProperties(findings);

    expect(String(finding).length).toBeLessThanOrEqual(4_096);
    expect(packageCount).toBe(1_000);
  });
});

describe('identifiedRelationship', () => {
  it('leads to the CVE by its key and has it created where there is none', () => {
    const target = cveTarget('CVE-2021-21334', [RUNC]);

    const relationship = identifiedRelationship('threatstack:agent:a', target, identifiedProperties([RUNC]));

    expect(relationship).toEqual({
      _key: 'threatstack:agent:a|identified|cve-2021-21334',
      _type: 'threatstack_agent_identified_vulnerability',
      _class: 'IDENTIFIED',
      displayName: 'IDENTIFIED',
      _mapping: {
        relationshipDirection: 'FORWARD',
        sourceEntityKey: 'threatstack:agent:a',
        targetFilterKeys: [['_type', '_key']],
        targetEntity: target,
      },
      finding: 'runc 1.0.0~rc10-0ubuntu1',
      package: 'runc 1.0.0',
      packageCount: 1,
      severity: 'low',
      vector: 'network',
      suppressed: true,
      hasSecurityNotice: true,
    });
  });
});
