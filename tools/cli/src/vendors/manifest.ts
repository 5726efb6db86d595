import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the command reads in a package.json. */
export interface Manifest {
  /** The package.json itself. */
  path: string;
  folder: string;
  name: string;
  version: string;
  hasExports: boolean;
  keywords: readonly string[];
  dependencies: Readonly<Record<string, unknown>>;
}

/** The package.json of a folder; undefined when there is none that can be read. */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (!isObject(content) || typeof content['name'] !== 'string') return undefined;
  const { keywords } = content;
  return {
    path,
    folder: dirname(path),
    name: content['name'],
    version: typeof content['version'] === 'string' ? content['version'] : '0.0.0',
    hasExports: content['exports'] !== undefined,
    keywords: Array.isArray(keywords) ? keywords.filter((word) => typeof word === 'string') : [],
    dependencies: isObject(content['dependencies']) ? content['dependencies'] : {},
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
