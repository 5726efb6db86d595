import { licenceOf } from './licence.js';
import type { InstalledPackage } from './installed-packages.js';
import type { Manifest } from '../packages/manifest.js';

/** A CycloneDX document, as far as we fill it in. */
export interface BillOfMaterials {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: { readonly lifecycles: readonly { phase: 'build' }[]; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly expression: string }[];
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly purl: string;
}

/**
 * What a package brings with it: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json. The same packages give the same bytes:
 * there is no time and no random number in it.
 *
 * @param packages the package first, then what is installed with it, by folder.
 * @param integrity the hash of a package's tarball (`sha512-…`) by `name@version`, as far as it comes from a registry.
 */
export function billOfMaterials(
  packages: ReadonlyMap<string, InstalledPackage>,
  integrity: ReadonlyMap<string, string>,
): BillOfMaterials {
  const [first, ...rest] = packages.values();
  if (first === undefined) throw new Error('A bill of materials needs a package.');
  // The same version may be installed in several places, with different peers.
  const needsByRef = new Map<string, Set<string>>();
  for (const { manifest, needs } of packages.values()) {
    const refs = needs.flatMap((folder) => packageUrl(packages.get(folder)?.manifest) ?? []);
    const ref = packageUrl(manifest) ?? '';
    needsByRef.set(ref, new Set([...(needsByRef.get(ref) ?? []), ...refs]));
  }
  const components = new Map(rest.map(({ manifest }) => [packageUrl(manifest) ?? '', component(manifest, integrity)]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component: component(first.manifest, integrity) },
    components: [...components].sort(byRef).map(([, one]) => one),
    dependencies: [...needsByRef].sort(byRef).map(([ref, needs]) => ({ ref, dependsOn: [...needs].sort() })),
  };
}

function component(manifest: Manifest, integrity: ReadonlyMap<string, string>): Component {
  const { name, version } = manifest;
  const [, scope, bare = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const purl = packageUrl(manifest) ?? '';
  const licence = licenceOf(manifest);
  const [algorithm, hash = ''] = integrity.get(`${name}@${version}`)?.split('-') ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope !== undefined && { group: scope }),
    name: bare,
    version,
    ...(licence !== undefined && { licenses: [{ expression: licence }] }),
    ...(algorithm === 'sha512' && {
      hashes: [{ alg: 'SHA-512' as const, content: Buffer.from(hash, 'base64').toString('hex') }],
    }),
    purl,
  };
}

/** https://github.com/package-url/purl-spec */
function packageUrl(manifest: Manifest | undefined): string | undefined {
  return manifest === undefined ? undefined : `pkg:npm/${manifest.name.replace('@', '%40')}@${manifest.version}`;
}

function byRef([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
