import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace-root.js';

/** The first fenced block of a language in a README that holds some words; throws where there is none. */
export function readmeBlock(readme: string, language: string, words: string): string {
  const text = readFileSync(join(workspaceRoot, readme), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const found = blocks.find(([, of, block]) => of === language && block?.includes(words));
  if (found?.[2] === undefined) throw new Error(`${readme} has no block of ${language} with ${words}.`);
  return found[2];
}
