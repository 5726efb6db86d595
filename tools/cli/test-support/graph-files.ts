import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All files below a folder with their contents, by path; links are left out. */
export function filesIn(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = readFileSync(path, 'utf8');
  }
  return files;
}

/** The keys of all entities and relationships in a graph's folder, sorted. */
export function keysIn(folder: string): string[] {
  return Object.entries(filesIn(join(folder, 'graph')))
    .flatMap(([, content]) => {
      const { entities = [], relationships = [] } = JSON.parse(content) as Record<string, { _key: string }[]>;
      return [...entities, ...relationships];
    })
    .map(({ _key }) => _key)
    .sort();
}
