import { isAllowed, licenceOf } from './licence.js';
import type { InstalledPackage } from './installed-packages.js';

/** Licences under which code may come with packages that are under the MPL-2.0 themselves. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
]);

/** The packages whose licence is unknown, or not one of those that ours may be installed with. */
export function licenceProblems(packages: Iterable<InstalledPackage>): string[] {
  return [...packages].flatMap(({ manifest }) => {
    const licence = licenceOf(manifest);
    if (licence === undefined) return [`${manifest.name}@${manifest.version} states no licence`];
    return isAllowed(licence, ALLOWED) ? [] : [`${manifest.name}@${manifest.version} is under ${licence}`];
  });
}
