import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configurationPage } from './configuration-page.js';
import { loadVendors } from './load-vendors.js';
import { WORKSPACE } from './workspace.js';

const page = readFileSync(join(WORKSPACE, 'docs/configuration.md'), 'utf8');

it('docs/configuration.md is what the code says (npx nx run reference:write)', async () => {
  expect(page).toBe(await configurationPage(await loadVendors('src/index.ts')));
});

it.each([
  ['THREATSTACK_API_KEY', 'required, secret'],
  ['AQUASEC_REGION', 'optional'],
  ['RUNZERO_EXPORT_WITH_ACCOUNT_KEY', 'optional, boolean'],
])('tells of %s that it is %s', (variable, kind) => {
  const row = page.split('\n').find((line) => line.includes(`\`${variable}\``));

  expect(row?.split('|').map((cell) => cell.trim())[3]).toBe(kind);
});
