import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { deferFunction, deferModule } from './defer-module.js';

/** Where a file is found: packages, each of which depends on the next one, and the file's name. */
type Path = readonly string[];

const RUNTIME = '@jupiterone/integration-sdk-runtime';
const CORE = [RUNTIME, '@jupiterone/integration-sdk-core'] as const;
const TYPEBOX = [...CORE, '@sinclair/typebox'] as const;
/** The HTTP client, which only an upload uses. */
const CLIENT = [RUNTIME, '@lifeomic/alpha'] as const;

/** What the SDK loads by itself and a command does not need. */
const UNUSED_MODULES: readonly Path[] = [
  CLIENT,
  // What that client would use for addresses of AWS.
  ...[
    '@aws-sdk/client-lambda',
    '@aws-sdk/node-http-handler',
    '@aws-sdk/signature-v4',
    '@aws-sdk/url-parser',
    '@aws-sdk/credential-provider-node',
    '@aws-crypto/sha256-browser',
  ].map((part) => [...CLIENT, part]),
  // All classes of the data model once more as typebox schemas, and a validator that entities do not go through.
  ...['typebox_class_schemas/index.js', 'IntegrationSchema.js', 'registerFormats.js'].map((file) => [
    ...CORE,
    `@jupiterone/data-model/dist/${file}`,
  ]),
  // Stores of a graph, where a collection has one of ours.
  [RUNTIME, './storage/index.js'],
];

const UNUSED_FUNCTIONS: readonly Path[] = [
  [RUNTIME, 'rimraf'],
  // How log files are renamed, and lines coloured.
  [RUNTIME, 'bunyan', 'mv'],
  [RUNTIME, 'bunyan-format'],
  // HTTP/2, which our client does not speak.
  ['@vendor-graph/http', 'undici/lib/dispatcher/client-h2.js'],
];

/** Functions of lodash in a hundred small files: the SDK needs the whole of it as well, which is one file. */
const LODASH_FUNCTIONS: readonly Path[] = [
  [RUNTIME, 'lodash/uniq'],
  [RUNTIME, 'lodash/snakeCase'],
  [...CORE, 'lodash/camelCase'],
];

/** Modules that pass on what others export, and where what a collection uses of them comes from. */
const PASSING_ON: readonly { module: Path; origins: Readonly<Record<string, string>> }[] = [
  {
    module: [RUNTIME],
    origins: {
      executeIntegrationInstance: './execution/executeIntegration.js',
      IntegrationLogger: './logger/index.js',
    },
  },
  {
    module: TYPEBOX,
    origins: {
      Type: './type/type/index.js',
      Kind: './type/symbols/index.js',
      OptionalKind: './type/symbols/index.js',
    },
  },
];

/**
 * To be called before the SDK and the HTTP client are loaded: what a command does not need of them is then loaded when it
 * is used after all.
 * That was half of the time that a small collection took, and as much of a small upload's.
 */
export function deferUnusedPartsOfSdk(): void {
  const require = createRequire(import.meta.url);
  const { modules, functions, lodash, passingOn } = partsOfSdk();
  for (const file of modules) deferModule(require, file);
  for (const file of functions) deferFunction(require, file);
  for (const file of lodash)
    deferFunction(require, file, () => {
      const whole = require(join(dirname(file), 'lodash.js')) as Record<string, object>;
      return whole[basename(file, '.js')] ?? (require(file) as object);
    });
  for (const { file, origins } of passingOn) deferModule(require, file, origins);
}

/** The files of all that is deferred. Another version of the SDK may lack some: then those parts are loaded as ever. */
export function partsOfSdk(): {
  modules: string[];
  functions: string[];
  lodash: string[];
  passingOn: { file: string; origins: Map<string, string> }[];
} {
  return {
    modules: [...UNUSED_MODULES.flatMap(found), ...found(TYPEBOX).flatMap(typeFiles)],
    functions: UNUSED_FUNCTIONS.flatMap(found),
    lodash: LODASH_FUNCTIONS.flatMap(found),
    passingOn: PASSING_ON.flatMap(({ module, origins }) =>
      found(module).map((file) => ({ file, origins: originsFrom(file, origins) })),
    ),
  };
}

/** The path of a file, or none. */
function found(path: Path): string[] {
  try {
    return [locate(path)];
  } catch {
    return [];
  }
}

/** Many lie in the same packages, and Node takes a millisecond to find one. */
const located = new Map<string, string>();

function locate(path: Path): string {
  const name = path.at(-1);
  if (name === undefined) return import.meta.url;
  const key = path.join();
  const file = located.get(key) ?? createRequire(locate(path.slice(0, -1))).resolve(name);
  located.set(key, file);
  return file;
}

/** Typebox has each of its types in a folder: few are used. */
function typeFiles(typebox: string): string[] {
  const folder = join(dirname(typebox), 'type');
  try {
    return readdirSync(folder).map((type) => join(folder, type, 'index.js'));
  } catch {
    return [];
  }
}

function originsFrom(file: string, origins: Readonly<Record<string, string>>): Map<string, string> {
  const { resolve } = createRequire(file);
  try {
    return new Map(Object.entries(origins).map(([name, origin]) => [name, resolve(origin)]));
  } catch {
    return new Map();
  }
}
