import { INSTALLED_DEPENDENCIES } from './manifest.js';
import type { Manifest } from './manifest.js';
import type { WorkspacePackage } from './published-packages.js';

const REPOSITORY = 'https://github.com/vendor-graph/vendor-graph';
const SOURCE_CONDITION = '@vendor-graph/source';
const SDK = ['@jupiterone/integration-sdk-core', '@jupiterone/integration-sdk-runtime'];
const TARGETS = ['build', 'lint', 'typecheck', 'test', 'pack', 'package-check', 'sbom', 'nx-release-publish'];

/** What is wrong with a published package's package.json as it stands in the workspace; each with its remedy. */
export function manifestProblems({ folder, manifest }: WorkspacePackage): string[] {
  const expected: [keyof Manifest, unknown][] = [
    ['license', 'MPL-2.0'],
    ['type', 'module'],
    ['engines', { node: '>=20.19' }],
    ['homepage', `${REPOSITORY}/tree/main/${folder}#readme`],
    ['bugs', `${REPOSITORY}/issues`],
    ['repository', { type: 'git', url: `git+${REPOSITORY}.git`, directory: folder }],
  ];
  return [
    ...expected
      .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
      .map(([field, value]) => `"${field}" must be ${JSON.stringify(value)}`),
    ...(manifest.description ? [] : ['"description" is missing']),
    ...((manifest.keywords ?? []).length >= 3 ? [] : ['"keywords" needs three words or more']),
    ...(manifest.sideEffects === undefined ? ['"sideEffects" must say false, or which files have some'] : []),
    ...(manifest.publishConfig?.access === 'public' ? [] : ['"publishConfig.access" must be "public"']),
    ...(manifest.scripts === undefined ? [] : ['"scripts" must be Nx targets: a script may run where it is installed']),
    ...TARGETS.filter((target) => manifest.nx?.targets?.[target] === undefined).map(
      (target) => `"nx.targets" needs "${target}": {}`,
    ),
    ...exportsProblems(manifest),
    ...dependencyProblems(manifest),
  ];
}

function exportsProblems({ exports = {}, publishConfig }: Manifest): string[] {
  const published = publishConfig?.exports ?? exports;
  const withoutSource = Object.fromEntries(
    Object.entries(exports).map(([path, target]) => [
      path,
      typeof target === 'string'
        ? target
        : Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== SOURCE_CONDITION)),
    ]),
  );
  return [
    ...(exports['./package.json'] === './package.json' ? [] : ['"exports" needs "./package.json"']),
    ...(JSON.stringify(published) === JSON.stringify(withoutSource)
      ? []
      : [`"publishConfig.exports" must be "exports" without "${SOURCE_CONDITION}"`]),
    ...Object.entries(published).flatMap(([path, target]) =>
      typeof target === 'string' || Object.keys(target).join() === 'types,default'
        ? []
        : [`"publishConfig.exports" of "${path}" must have "types" first, then "default", and nothing else`],
    ),
  ];
}

function dependencyProblems(manifest: Manifest): string[] {
  return [
    ...INSTALLED_DEPENDENCIES.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}).flatMap(([name, range]) =>
        range.startsWith('workspace:') && range !== 'workspace:^'
          ? [`"${kind}" must have "${name}": "workspace:^", so that its patches reach those who have it installed`]
          : [],
      ),
    ),
    ...SDK.filter((name) => manifest.dependencies?.[name] !== undefined).map(
      (name) => `"${name}" must be a peer dependency: there is one SDK in an installation`,
    ),
  ];
}
