import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The hash of each package's tarball by `name@version`, from the lock file. */
export function lockedIntegrity(root: string): Map<string, string> {
  const { packages } = parse(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')) as {
    packages: Record<string, { resolution: { integrity?: string } }>;
  };
  return new Map(
    Object.entries(packages).flatMap(([id, { resolution }]) =>
      resolution.integrity === undefined ? [] : [[id, resolution.integrity] as const],
    ),
  );
}
