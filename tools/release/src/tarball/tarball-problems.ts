import { posix } from 'node:path';
import { INSTALLED_DEPENDENCIES } from '../packages/manifest.js';
import type { Manifest } from '../packages/manifest.js';

/** What a package may hold; nothing else is published. */
const MEANT = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^\.env\.example$/,
  /^bin\/[\w-]+\.js$/,
  /^dist\/[\w/-]+(\.d\.ts|\.js)(\.map)?$/,
  // The page that the command writes and the scripts and styles in it.
  /^dist\/graph-page\/[\w-]+\.(js|css|html)$/,
  /^src\/[\w/-]+(\.d)?\.ts$/,
  /^docs\/[\w-]+\.md$/,
  /^jupiterone\/questions\/questions\.yaml$/,
  // Schemas of configuration files, and what helps to run a package.
  /^[\w-]+\.schema\.json$/,
  /^deploy\/[\w./-]+$/,
];
const REQUIRED = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts'];
/** Means something in the workspace only, or nothing to those who install the package. */
const UNWANTED_FIELDS = ['nx', 'devDependencies', 'scripts', 'private'] as const;
const LOCAL_RANGE = /^(workspace|catalog|link|file|portal):/;

/**
 * What is wrong with a packed package; empty when it may be published.
 *
 * @param files by path, as `readTarball` answers.
 * @param workspaceRoot must not be found in any file.
 */
export function tarballProblems(files: ReadonlyMap<string, Buffer>, workspaceRoot: string): string[] {
  const paths = [...files.keys()];
  const manifest = JSON.parse(files.get('package.json')?.toString() ?? '{}') as Manifest;
  return [
    ...paths
      .filter((path) => !MEANT.some((meant) => meant.test(path)))
      .map((path) => `${path} is not meant to be in it`),
    ...paths
      .filter((path) => /\.(test|test-d)\.|(^|\/)(testing|fixtures)\//.test(path))
      .map((path) => `${path} is a test's`),
    ...REQUIRED.filter((path) => !files.has(path)).map((path) => `${path} is missing`),
    ...manifestProblems(manifest, files),
    ...paths.filter((path) => path.endsWith('.map')).flatMap((path) => mapProblems(path, files)),
    ...compiledProblems(files),
    ...[...files]
      .filter(([, content]) => content.includes(workspaceRoot) || content.includes('file:///'))
      .map(([path]) => `${path} holds an absolute path`),
  ];
}

function manifestProblems(manifest: Manifest, files: ReadonlyMap<string, Buffer>): string[] {
  const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  return [
    ...UNWANTED_FIELDS.filter((field) => manifest[field] !== undefined).map((field) => `package.json has "${field}"`),
    ...INSTALLED_DEPENDENCIES.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {})
        .filter(([, range]) => LOCAL_RANGE.test(range))
        .map(([name, range]) => `package.json needs ${name} as ${range}`),
    ),
    ...[...targets, ...Object.values(manifest.bin ?? {})]
      .filter((target) => !files.has(target.replace(/^\.\//, '')))
      .map((target) => `package.json names ${target}, which is missing`),
  ];
}

/** A map without its sources helps nobody; one with an absolute path tells where it was built. */
function mapProblems(path: string, files: ReadonlyMap<string, Buffer>): string[] {
  const map = JSON.parse(files.get(path)?.toString() ?? '{}') as { sourceRoot?: string; sources: readonly string[] };
  return [map.sourceRoot ?? '', ...map.sources].flatMap((source) => {
    if (source === '') return [];
    if (posix.isAbsolute(source) || source.includes('://')) return [`${path} names the absolute path ${source}`];
    return files.has(posix.join(posix.dirname(path), source)) ? [] : [`${path} names ${source}, which is missing`];
  });
}

/** What is left over from a source that has gone would be published as well; so would a source that nobody compiles. */
function compiledProblems(files: ReadonlyMap<string, Buffer>): string[] {
  return [...files.keys()].flatMap((path) => {
    const [, tree, module] = /^(dist|src)\/((?!graph-page\/)[\w/-]+)(?:\.d\.ts|\.js|\.ts)$/.exec(path) ?? [];
    if (tree === undefined || module === undefined) return [];
    if (tree === 'dist')
      return files.has(`src/${module}.ts`) ? [] : [`${path} was not made from a source: delete dist`];
    // A declaration is not compiled.
    return path.endsWith('.d.ts') || files.has(`dist/${module}.js`)
      ? []
      : [`${path} was not compiled: build the package`];
  });
}
