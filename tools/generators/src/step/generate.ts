import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { formatChanges } from '../workspace/format-changes.js';
import { extend } from './extend.js';
import { stepNames } from './step-names.js';
import type { StepOptions } from './step-options.js';

/** The templates stay in `src`; this file runs from `dist`. */
const TEMPLATES = fileURLToPath(new URL('../../src/step/files/', import.meta.url));

/**
 * Adds a step that fetches a list and relates each element to the account: record, types, converter with test, client
 * method, step, and the simulator's records and route. The data model in the vendor's guide is written anew.
 *
 * @throws Error when the vendor does not exist, has such a step, or is not laid out as the vendor generator does it
 */
export async function generate(tree: Tree, options: StepOptions): Promise<GeneratorCallback> {
  const { vendor } = options;
  const folder = `packages/${vendor}`;
  const simulator = `tools/simulators/src/${vendor}`;
  const names = stepNames(options);
  const { plural, camel, camels, Pascal, Pascals, CONSTANT, snake, snakes, words, Words } = names;
  if (!tree.exists(`${folder}/package.json`)) throw new Error(`There is no vendor in ${folder}.`);
  if (tree.exists(`${folder}/src/steps/fetch-${plural}.ts`)) throw new Error(`${vendor} fetches ${words} already.`);

  const Vendor = vendor.charAt(0).toUpperCase() + vendor.slice(1);
  const variables = { ...names, vendor, Vendor, class: options.class };
  generateFiles(tree, `${TEMPLATES}package`, folder, variables);
  generateFiles(tree, `${TEMPLATES}simulator`, simulator, variables);

  const client = `${folder}/src/client.ts`;
  extend(tree, { path: client, anchor: /^ {2}\w+Schema,\n/, behind: `${camel}Schema,\n` });
  extend(tree, { path: client, anchor: /^ {2}type \w+Record,\n/, behind: `type ${Pascal}Record,\n` });
  extend(tree, {
    path: client,
    anchor: /^const \w+Records = recordReader\(\w+\);\n/,
    behind: `const ${camel}Records = recordReader(${camel}Schema);\n`,
  });
  extend(tree, {
    path: client,
    anchor: /^ {2}close\(\): Promise<void> \{/,
    before: `  /** All ${words}. */
  ${camels}(skipped: SkipReport): AsyncGenerator<readonly ${Pascal}Record[], void, undefined> {
    return this.#list({ path: '/v2/${snakes}', name: '${snakes}', reader: ${camel}Records, skipped });
  }

`,
  });
  extend(tree, {
    path: `${folder}/src/records.ts`,
    anchor: /^export type \w+Record = Static<typeof \w+>;\n/,
    behind: `
/** An element of \`GET /v2/${snakes}\`. */
export const ${camel}Schema = Type.Object({ id, name: text });
export type ${Pascal}Record = Static<typeof ${camel}Schema>;
`,
  });
  const dataModel = `${folder}/src/data-model.ts`;
  extend(tree, {
    path: dataModel,
    anchor: /^export const ACCOUNT_HAS_\w+ = /,
    before: `/** One of the ${words}. */
export const [${CONSTANT}, create${Pascal}] = createEntityMetadata({
  resourceName: '${Words}',
  _class: ['${options.class}'],
  _type: createEntityType('${snake}'),
  description: 'One of the ${words}.',
  schema: Type.Object({}),
});

`,
  });
  extend(tree, {
    path: dataModel,
    anchor: /^export const \w+_HAS_\w+ = relationshipType\(.*\);\n/,
    behind: `export const ACCOUNT_HAS_${CONSTANT} = relationshipType(ACCOUNT, RelationshipClass.HAS, ${CONSTANT});\n`,
  });
  const integration = `${folder}/src/integration.ts`;
  extend(tree, {
    path: integration,
    anchor: /^import \{ fetch\w+ \} from '\.\/steps\/[\w-]+\.js';\n/,
    behind: `import { fetch${Pascals} } from './steps/fetch-${plural}.js';\n`,
  });
  extend(tree, { path: integration, anchor: /^ {2}steps: \[(?:[^\]]*\w)/, behind: `, fetch${Pascals}` });
  const server = `${simulator}/server.ts`;
  extend(tree, {
    path: server,
    anchor: /^import type \{ .*\} from '\.\/definition\.js';\n/,
    behind: `import { ${camels} } from './${plural}.js';\n`,
  });
  extend(tree, {
    path: server,
    anchor: /^ {2}list\('\w+', .*\);\n/,
    behind: `  list('${snakes}', ${camels}(options.${camels}));\n`,
  });
  const definition = `${simulator}/definition.ts`;
  extend(tree, { path: definition, anchor: /^ {2}\w+: \d+,\n/, behind: `  ${camels}: 3,\n` });
  extend(tree, {
    path: definition,
    anchor: /^ {4}\w+: 'how many .*',\n/,
    behind: `    ${camels}: 'how many ${words}',\n`,
  });
  extend(tree, { path: definition, anchor: /^ {4}empty: \{.*\w/, behind: `, ${camels}: 0` });
  await formatChanges(tree);
  return () => {
    writeDataModel(tree.root, vendor);
  };
}

/** Has the command write the tables of the vendor's guide, from the package as it is now. */
function writeDataModel(root: string, vendor: string): void {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const projects = [`packages/${vendor}`, 'tools/entity-validator', 'tools/cli'].map((folder) =>
    join(root, folder, 'tsconfig.lib.json'),
  );
  const run = (...args: string[]): void => {
    execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  };
  run(compiler, '-b', ...projects);
  run(join(root, 'tools/cli/bin/vendor-graph.js'), 'document', vendor);
}
