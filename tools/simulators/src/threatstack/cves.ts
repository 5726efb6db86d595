import type { Random } from '../kit/random.js';
import { StridingAgents } from './agent-set.js';
import type { AgentIndex, AgentSet } from './agent-set.js';

/** One CVE: what is known about each package, and where it was found. */
export interface Cve {
  readonly number: string;
  readonly packages: readonly CvePackage[];
  readonly agents: AgentSet;
}

/** One CVE in one package. */
export interface CvePackage {
  readonly record: {
    readonly cveNumber: string;
    readonly reportedPackage: string;
    readonly systemPackage: string;
    readonly vectorType: string;
    readonly severity: string;
    readonly isSuppressed: boolean;
  };
  readonly hasSecurityNotice: boolean;
  /** Where this package is installed; all agents of the CVE unless stated. */
  readonly agents?: AgentSet;
}

const PACKAGES = ['binutils', 'openssl', 'curl', 'glibc', 'containerd', 'sudo', 'bind', 'systemd', 'python', 'expat'];
const SEVERITIES = ['high', 'medium', 'medium', 'low'];

/** A regular CVE; the same number always gives the same one. Each package is installed on every agent of the CVE. */
export function regularCve(
  random: Random,
  number: number,
  agents: AgentIndex,
  sizes: { readonly serversPerCve: number; readonly packagesPerCve: number },
): Cve {
  const draw = random.fork('cve', number);
  const cveNumber = `CVE-${2015 + (number % 9)}-${10_000 + number}`;
  const severity = draw.pick(SEVERITIES);
  const vectorType = draw.chance(0.7) ? 'network' : 'local';
  const isSuppressed = draw.chance(0.1);
  const hasSecurityNotice = draw.chance(0.5);
  const name = draw.pick(PACKAGES);
  const version = `${draw.integer(1, 9)}.${draw.integer(0, 40)}.${draw.integer(0, 9)}`;
  // An average of 1.25 gives every fourth CVE a second package.
  const packageCount = Math.max(
    1,
    Math.floor((number + 1) * sizes.packagesPerCve + ROUNDING) - Math.floor(number * sizes.packagesPerCve + ROUNDING),
  );
  return {
    number: cveNumber,
    packages: Array.from({ length: packageCount }, (_, part) => ({
      record: {
        cveNumber,
        reportedPackage: `${packageName(name, part)} ${version}`,
        systemPackage: `${packageName(name, part)} ${version}-${draw.integer(1, 60)}.amzn1.x86_64`,
        vectorType,
        severity,
        isSuppressed,
      },
      hasSecurityNotice,
    })),
    agents: stridingAgents(draw, agents, sizes.serversPerCve),
  };
}

/** So many agents from a random place on. */
export function stridingAgents(draw: Random, agents: AgentIndex, size: number): AgentSet {
  const count = agents.ids.length;
  if (count === 0) return new StridingAgents(agents, 0, 0, 1);
  let stride = draw.integer(1, count);
  while (greatestCommonDivisor(stride, count) !== 1) stride += 1;
  return new StridingAgents(agents, size, draw.integer(0, count - 1), stride);
}

/** Averages such as 1.3889 are not exact in binary; without this a sum of 2,500 rows may end up as 2,499. */
const ROUNDING = 1e-6;

function packageName(name: string, part: number): string {
  return part === 0 ? name : `${name}-libs${part === 1 ? '' : part}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
