import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from '../workspace-root.js';
import { manifestProblems } from './manifest-problems.js';
import { publishedPackages } from './published-packages.js';
import { readManifest } from './manifest.js';
import type { Manifest } from './manifest.js';

const PACKAGES = publishedPackages(workspaceRoot);
const manifest = readManifest(join(workspaceRoot, 'shared', 'http'));
const problemsOf = (changes: Partial<Manifest>): string[] =>
  manifestProblems({ folder: 'shared/http', manifest: { ...manifest, ...changes } });

describe('the published packages', () => {
  it('are the vendors, the shared libraries and the tools that are for others', () => {
    const folders = PACKAGES.map(({ folder }) => folder);

    expect(folders).toEqual(
      expect.arrayContaining([
        'packages/aquasec',
        'packages/panoptica',
        'packages/runzero',
        'packages/threatstack',
        'shared/flow-control',
        'shared/http',
        'shared/integration',
        'tools/cli',
        'tools/entity-validator',
      ]),
    );
    expect(folders).not.toContain('tools/simulators');
  });

  it('come after those that they need', () => {
    const order = PACKAGES.map(({ manifest: { name } }) => name);
    const early = PACKAGES.flatMap(({ manifest: { name, dependencies = {} } }) =>
      Object.keys(dependencies).filter((needed) => order.indexOf(needed) > order.indexOf(name)),
    );

    expect(early).toEqual([]);
  });

  it.each(PACKAGES)('$folder has a manifest to publish', (one) => {
    expect(manifestProblems(one)).toEqual([]);
  });
});

describe('manifestProblems', () => {
  it.each<[string, Partial<Manifest>, RegExp]>([
    ['another licence', { license: 'MIT' }, /^"license" must be "MPL-2.0"$/],
    ['a repository without its folder', { repository: { type: 'git', url: 'x' } }, /^"repository" must be/],
    ['no keywords', { keywords: [] }, /^"keywords" needs/],
    ['no word on side effects', { sideEffects: undefined }, /^"sideEffects" must/],
    ['a script', { scripts: { postinstall: 'node x' } }, /^"scripts" must be Nx targets/],
    ['the SDK as a dependency', { dependencies: { '@jupiterone/integration-sdk-core': '^17.4.0' } }, /must be a peer/],
    ['an exact range of our own', { dependencies: { '@vendor-graph/flow-control': 'workspace:*' } }, /"workspace:\^"/],
    [
      'an export of the source',
      { publishConfig: { access: 'public', exports: manifest.exports } },
      /^"publishConfig.exports"/,
    ],
    ['a package for some', { publishConfig: { ...manifest.publishConfig, access: 'restricted' } }, /"public"$/],
    ['no target to check it', { nx: { targets: {} } }, /^"nx.targets" needs "build"/],
  ])('finds %s', (_what, changes, problem) => {
    expect(problemsOf(changes)[0]).toMatch(problem);
  });

  it('wants the types first', () => {
    const exports = {
      '.': { default: './dist/index.js', types: './dist/index.d.ts' },
      './package.json': './package.json',
    };

    expect(problemsOf({ exports, publishConfig: { access: 'public', exports } })).toEqual([
      '"publishConfig.exports" of "." must have "types" first, then "default", and nothing else',
    ]);
  });
});
