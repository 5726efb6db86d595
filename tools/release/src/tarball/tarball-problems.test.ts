import { expect, it } from 'vitest';
import { tarballProblems } from './tarball-problems.js';

const ROOT = '/home/somebody/vendor-graph';
const manifest = {
  name: '@acme/thing',
  version: '1.0.0',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
  dependencies: { other: '^1.0.0' },
};
const map = (...sources: string[]): string => JSON.stringify({ version: 3, sources });
const good: Readonly<Record<string, string | undefined>> = {
  'package.json': JSON.stringify(manifest),
  'README.md': '# Thing',
  LICENSE: 'MPL',
  'src/index.ts': 'export const a = 1;',
  'dist/index.js': 'export const a = 1;',
  'dist/index.js.map': map('../src/index.ts'),
  'dist/index.d.ts': 'export declare const a = 1;',
};
const problemsOf = (changes: Readonly<Record<string, string | undefined>>): string[] =>
  tarballProblems(
    new Map(
      Object.entries({ ...good, ...changes }).flatMap(([path, content]) =>
        content === undefined ? [] : [[path, Buffer.from(content)] as const],
      ),
    ),
    ROOT,
  );
const withManifest = (changes: object): Record<string, string> => ({
  'package.json': JSON.stringify({ ...manifest, ...changes }),
});

it('finds nothing in a tarball that holds what is meant', () => {
  expect(problemsOf({})).toEqual([]);
});

it.each([
  ['a secret', { '.env': 'A=b' }, ['.env is not meant to be in it']],
  ['settings of the build', { 'tsconfig.json': '{}' }, ['tsconfig.json is not meant to be in it']],
  ['what the compiler notes', { 'dist/lib.tsbuildinfo': '{}' }, ['dist/lib.tsbuildinfo is not meant to be in it']],
  ['a test', { 'src/a.test.ts': '' }, ['src/a.test.ts is not meant to be in it', "src/a.test.ts is a test's"]],
  [
    'what a test needs',
    { 'src/testing/a.ts': '', 'dist/testing/a.js': '' },
    ["src/testing/a.ts is a test's", "dist/testing/a.js is a test's"],
  ],
  ['no licence', { LICENSE: undefined }, ['LICENSE is missing']],
  [
    'what is left of a source that has gone',
    { 'dist/old.js': '' },
    ['dist/old.js was not made from a source: delete dist'],
  ],
  ['a source that was not built', { 'src/new.ts': '' }, ['src/new.ts was not compiled: build the package']],
  [
    'a map whose source is missing',
    { 'dist/index.js.map': map('../src/gone.ts') },
    ['dist/index.js.map names ../src/gone.ts, which is missing'],
  ],
  [
    'a map with the path of a machine',
    { 'dist/index.js.map': map('/tmp/index.ts') },
    ['dist/index.js.map names the absolute path /tmp/index.ts'],
  ],
  ['the path of this machine', { 'README.md': `cd ${ROOT}` }, ['README.md holds an absolute path']],
  [
    'a range of the workspace',
    withManifest({ dependencies: { a: 'workspace:^' } }),
    ['package.json needs a as workspace:^'],
  ],
  [
    'a range of the catalog',
    withManifest({ peerDependencies: { a: 'catalog:' } }),
    ['package.json needs a as catalog:'],
  ],
  ['what only the workspace reads', withManifest({ nx: {} }), ['package.json has "nx"']],
  ['a script that would run where it is installed', withManifest({ scripts: {} }), ['package.json has "scripts"']],
  [
    'an export that is not there',
    withManifest({ exports: { '.': './dist/gone.js' } }),
    ['package.json names ./dist/gone.js, which is missing'],
  ],
  [
    'a command that is not there',
    withManifest({ bin: { a: './bin/a.js' } }),
    ['package.json names ./bin/a.js, which is missing'],
  ],
])('finds %s', (_what, changes, problems) => {
  expect(problemsOf(changes)).toEqual(problems);
});
