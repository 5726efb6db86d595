import { expect, it } from 'vitest';
import { licenceProblems } from './licence-problems.js';

const installed = (
  name: string,
  license?: string,
): Parameters<typeof licenceProblems>[0] extends Iterable<infer One> ? One : never => ({
  folder: `/${name}`,
  needs: [],
  manifest: { name, version: '1.0.0', ...(license !== undefined && { license }) },
});

it('names the packages without a licence, and those under one that is not allowed', () => {
  const packages = [installed('free', 'MIT'), installed('silent'), installed('strict', 'AGPL-3.0-only')];

  expect(licenceProblems(packages)).toEqual(['silent@1.0.0 states no licence', 'strict@1.0.0 is under AGPL-3.0-only']);
});
