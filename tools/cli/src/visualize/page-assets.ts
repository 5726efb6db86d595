import { readFileSync } from 'node:fs';

/** What every page is made of besides its data: bundled from graph-page/ when the command is built. */
export interface PageAssets {
  script: string;
  style: string;
}

/** Reads the assets that the build has put beside the command. */
export function readPageAssets(): PageAssets {
  const read = (name: string): string => readFileSync(new URL(`../graph-page/${name}`, import.meta.url), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}
