import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { format, getFileInfo, resolveConfig } from 'prettier';

/** Formats every file that was written, as `prettier --check` wants it. */
export async function formatChanges(tree: Tree): Promise<void> {
  for (const { path, type, content } of tree.listChanges()) {
    if (type === 'DELETE' || content === null) continue;
    const filepath = join(tree.root, path);
    const { inferredParser } = await getFileInfo(filepath);
    if (inferredParser === null) continue;
    const config = await resolveConfig(filepath, { editorconfig: true });
    tree.write(path, await format(content.toString('utf8'), { ...config, filepath }));
  }
}
