import { createRequire } from 'node:module';
import { deferModule } from './defer-module.js';

const SDK = '@jupiterone/integration-sdk-runtime';
/** Its HTTP client, which only an upload uses. */
const CLIENT = [SDK, '@lifeomic/alpha'] as const;
/** What the SDK loads by itself and a command does not need, with the packages on the way to it. */
const UNUSED_PARTS: readonly (readonly string[])[] = [
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
    SDK,
    '@jupiterone/integration-sdk-core',
    `@jupiterone/data-model/dist/${file}`,
  ]),
];

/**
 * To be called before the SDK is loaded: what a command does not need of it is then loaded when it is used after all.
 * That was a third of the time that a small collection took, and half of a small upload's.
 */
export function deferUnusedPartsOfSdk(): void {
  const require = createRequire(import.meta.url);
  for (const file of unusedPartsOfSdk()) deferModule(require, file);
}

/** The files of those parts. Another version of the SDK may not have all of them: then that one is loaded as ever. */
export function unusedPartsOfSdk(): string[] {
  return UNUSED_PARTS.flatMap((path) => {
    try {
      return path.reduce((from, name) => createRequire(from).resolve(name), import.meta.url);
    } catch {
      return [];
    }
  });
}
