import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from './vendors.js';

export const RELIABILITY_PAGE = 'docs/reliability.md';

/** A page of the workspace. */
export function readPage(path: string): string {
  return readFileSync(join(WORKSPACE, path), 'utf8');
}
