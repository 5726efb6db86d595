import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the Vendor Graph workspace that `from` lies in; undefined outside of any. */
export function findWorkspace(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml')) && existsSync(join(folder, 'packages'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
