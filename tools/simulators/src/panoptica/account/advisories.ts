import type { Random } from '../../kit/random.js';

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What all rows of one vulnerability have in common. */
export interface Advisory {
  id: string;
  name: string;
  description: string | null;
  link: string;
  severity: Severity;
  cvss: Readonly<Record<string, string | number | null>>;
}

/** So often each severity occurs in 15 vulnerabilities. */
const SEVERITY_MIX: readonly Severity[] = SEVERITIES.flatMap((severity, index) =>
  Array.from({ length: [1, 4, 6, 3, 1][index] ?? 0 }, () => severity),
);
const LEVELS = ['NONE', 'LOW', 'HIGH'] as const;
const WORDS =
  'a an the in of to and or via allows remote local attacker user function buffer overflow read write heap stack memory crafted packet file header request response parser decoder library kernel driver module service daemon client server session token cookie path traversal injection command argument string integer signed pointer null dereference use after free double race condition denial leak disclosure privilege escalation arbitrary code execution crash loop recursion certificate signature validation missing improper check bounds length field entry archive image font stream protocol handshake before through version when processing certain malformed input which could lead'.split(
    ' ',
  );

/** Which severity the n-th vulnerability has. */
export function severityOf(n: number): Severity {
  // 4 and 15 have no common factor: neighbours differ, and each severity keeps its share.
  return SEVERITY_MIX[(n * 4) % SEVERITY_MIX.length] ?? 'UNKNOWN';
}

/** The n-th vulnerability: every 13th has no CVSS, every 12th is a GitHub advisory, every 17th has no description. */
export function advisory(seeded: Random, n: number): Advisory {
  const random = seeded.fork('advisory', n);
  const severity = severityOf(n);
  const name =
    n % 12 === 7 ? `GHSA-${[1, 2, 3].map(() => random.hex(4)).join('-')}` : `CVE-${2015 + (n % 9)}-${10_000 + n}`;
  return {
    id: random.uuid(),
    name,
    description: n % 17 === 5 ? null : description(random),
    link: name.startsWith('CVE')
      ? `https://security-tracker.example.org/tracker/${name}`
      : `https://example.com/advisories/${name}`,
    severity,
    cvss: cvss(random, severity, n % 13 === 3),
  };
}

function description(random: Random): string {
  // A few are as long as the longest that were seen.
  const words = Array.from({ length: random.chance(0.02) ? 340 : random.integer(20, 70) }, () => random.pick(WORDS));
  return `${words.join(' ')}.`;
}

function cvss(random: Random, severity: Severity, absent: boolean): Advisory['cvss'] {
  const known = {
    score: { CRITICAL: 9, HIGH: 7, MEDIUM: 4, LOW: 1, UNKNOWN: 0 }[severity] + random.integer(0, 9) / 10,
    attackVector: random.pick(['NETWORK', 'ADJACENT_NETWORK', 'LOCAL', 'PHYSICAL']),
    attackComplexity: random.pick(['LOW', 'HIGH']),
    privilegesRequired: random.pick(LEVELS),
    userInteraction: random.pick(['NONE', 'REQUIRED']),
    scope: random.pick(['UNCHANGED', 'CHANGED']),
    confidentialityImpact: random.pick(LEVELS),
    integrityImpact: random.pick(LEVELS),
    availabilityImpact: random.pick(LEVELS),
  };
  return absent ? Object.fromEntries(Object.keys(known).map((key) => [key, null])) : known;
}
