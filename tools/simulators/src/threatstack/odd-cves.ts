import type { Random } from '../kit/random.js';
import { ListedAgents } from './agent-set.js';
import type { AgentIndex } from './agent-set.js';
import { stridingAgents } from './cves.js';
import type { Cve, CvePackage } from './cves.js';

type PackageRecord = CvePackage['record'];

const RECORD: PackageRecord = {
  cveNumber: '',
  reportedPackage: 'containerd 1.3.3',
  systemPackage: 'containerd 1.3.3-0ubuntu2.2',
  vectorType: 'network',
  severity: 'medium',
  isSuppressed: false,
};
/** Vulnerabilities that are found nearly everywhere; their servers take three pages. */
const WIDE = [250, 251, 252];

/**
 * CVEs that break an assumption, each in a way that the real API is known or suspected for. `repeated` is a regular CVE
 * that turns up once more, on a later page. The same seed gives the same ones.
 */
export function oddCves(
  random: Random,
  agents: AgentIndex,
  unlisted: { readonly strayId: string; readonly unknownId: string },
  repeated: Cve | undefined,
): readonly Cve[] {
  const draw = random.fork('odd cves');
  const ids = draw.sample(agents.ids, 3);
  const some = new ListedAgents(ids);
  const firstId = ids.slice(0, 1);
  const onlyFirst = new ListedAgents(firstId);
  return [
    // Two packages that differ in everything; the second is on one of the agents only.
    cve('CVE-2021-21334', some, [
      { vectorType: 'local' },
      {
        reportedPackage: 'runc 1.0.0',
        systemPackage: 'runc 1.0.0~rc10-0ubuntu1',
        severity: 'high',
        isSuppressed: true,
        agents: onlyFirst,
        hasSecurityNotice: true,
      },
    ]),
    // One of the rows in lower case.
    cve('CVE-2021-33910', some, [{}, { cveNumber: 'cve-2021-33910', reportedPackage: 'systemd 219' }]),
    // Suppressed everywhere.
    cve('CVE-2018-14036', some, [{ isSuppressed: true, severity: 'low' }]),
    // Listed although nothing has it any more: no agents in the row, 404 for its servers.
    cve('CVE-2019-18276', new ListedAgents([]), [{}]),
    // No CVE at all.
    cve('ALAS-2021-1704', onlyFirst, [{}]),
    // A CVE number that is too short.
    cve('CVE-2021-12', onlyFirst, [{}]),
    // On agents that neither listing has; one of them can be asked for by id.
    cve('CVE-2020-8169', new ListedAgents([unlisted.strayId, unlisted.unknownId, ...firstId]), [{}]),
    // The same agent twice.
    cve('CVE-2019-5747', new ListedAgents([...firstId, ...firstId]), [{}]),
    ...WIDE.map((size, number) =>
      cve(`CVE-2022-100${String(number)}`, stridingAgents(draw, agents, size), [{ severity: 'high' }]),
    ),
    ...(repeated === undefined
      ? []
      : [
          cve(repeated.number, repeated.agents, [
            { reportedPackage: 'zlib 1.2.7', systemPackage: 'zlib 1.2.7-18.el7' },
          ]),
        ]),
  ];
}

function cve(
  number: string,
  agents: Cve['agents'],
  packages: readonly (Partial<PackageRecord> & Partial<Pick<CvePackage, 'agents' | 'hasSecurityNotice'>>)[],
): Cve {
  return {
    number,
    agents,
    packages: packages.map(({ agents: own, hasSecurityNotice = false, ...record }) => ({
      record: { ...RECORD, cveNumber: number, ...record },
      hasSecurityNotice,
      ...(own === undefined ? {} : { agents: own }),
    })),
  };
}
