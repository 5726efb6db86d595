import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import boundaries from 'eslint-plugin-boundaries';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/**
 * Which layers a layer may import, by the Nx tag `layer:…` in each project's package.json:
 * vendor -> integration -> http -> flow-control; tools may import anything; nothing imports tools.
 */
const ALLOWED_LAYERS = {
  'flow-control': [],
  http: ['flow-control'],
  integration: ['http', 'flow-control'],
  vendor: ['integration', 'http', 'flow-control'],
  simulator: [],
  tool: ['flow-control', 'http', 'integration', 'simulator', 'vendor', 'tool'],
};
/** A test may also talk to a simulator, through any shared library. */
const ALLOWED_LAYERS_IN_TESTS = ['flow-control', 'http', 'integration', 'simulator'];

const projects = ['packages', 'shared', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => projectAt(`${folder}/${entry.name}`))
    .filter((project) => project !== undefined),
);

export default defineConfig(
  {
    ignores: ['**/dist/', '**/out-tsc/', '**/coverage/', '**/node_modules/', '**/.j1-integration*/'],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A method that a class or an interface asks to be asynchronous need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      // Vendor records are read by key; the dot form is forbidden by noPropertyAccessFromIndexSignature.
      '@typescript-eslint/dot-notation': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': root,
      'boundaries/elements': projects.map(({ name, folder }) => ({ type: name, pattern: folder })),
      'boundaries/files': [{ category: 'test', pattern: '**/*.{test,test-d}.ts' }],
      'import/resolver': {
        typescript: { project: join(root, 'tsconfig.base.json'), conditionNames: ['@vendor-graph/source', 'import'] },
      },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message:
            '{{from.element.type}} may not import {{to.element.type}}: imports point one way, packages -> integration -> http -> flow-control (docs/architecture.md).',
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...projects.flatMap(({ name, layer }) => [
              {
                from: { element: { type: name } },
                allow: { to: { element: { types: { anyOf: [name, ...namesIn(ALLOWED_LAYERS[layer])] } } } },
              },
              {
                from: { element: { type: name }, file: { categories: 'test' } },
                allow: { to: { element: { types: { anyOf: [name, ...namesIn(ALLOWED_LAYERS_IN_TESTS)] } } } },
              },
            ]),
          ],
        },
      ],
    },
  },
  prettier,
);

function namesIn(layers) {
  return projects.filter((project) => layers.includes(project.layer)).map((project) => project.name);
}

/** Name and layer of the project in a folder; undefined where there is no project. */
function projectAt(folder) {
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  const layer = manifest.nx?.tags?.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length);
  if (!(layer in ALLOWED_LAYERS))
    throw new Error(`${folder}/package.json needs an Nx tag "layer:…" (eslint.config.mjs)`);
  return { name: manifest.nx.name, layer, folder };
}
