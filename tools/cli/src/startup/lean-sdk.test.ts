import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { partsOfSdk } from './lean-sdk.js';

describe('partsOfSdk', () => {
  const parts = partsOfSdk();

  it('finds each part in the version of the SDK that is installed', () => {
    expect(namesOf(parts.modules).filter((name) => !name.startsWith('@sinclair/typebox/'))).toEqual([
      '@lifeomic/alpha/src/index.js',
      '@aws-sdk/client-lambda/dist-cjs/index.js',
      '@aws-sdk/node-http-handler/dist-cjs/index.js',
      '@aws-sdk/signature-v4/dist-cjs/index.js',
      '@aws-sdk/url-parser/dist-cjs/index.js',
      '@aws-sdk/credential-provider-node/dist-cjs/index.js',
      '@aws-crypto/sha256-browser/build/index.js',
      '@jupiterone/data-model/dist/typebox_class_schemas/index.js',
      '@jupiterone/data-model/dist/IntegrationSchema.js',
      '@jupiterone/data-model/dist/registerFormats.js',
      '@jupiterone/integration-sdk-runtime/dist/src/storage/index.js',
    ]);
    expect(namesOf(parts.functions)).toEqual([
      'rimraf/rimraf.js',
      'mv/index.js',
      'bunyan-format/index.js',
      'undici/lib/dispatcher/client-h2.js',
    ]);
    expect(namesOf(parts.lodash)).toEqual(['lodash/uniq.js', 'lodash/snakeCase.js', 'lodash/camelCase.js']);
  });

  it("finds typebox's types", () => {
    expect(namesOf(parts.modules)).toEqual(
      expect.arrayContaining(
        ['composite', 'object', 'symbols', 'template-literal', 'union'].map(
          (type) => `@sinclair/typebox/build/cjs/type/${type}/index.js`,
        ),
      ),
    );
  });

  it('finds where the exports of a package come from', () => {
    expect(
      parts.passingOn.map(({ file, origins }) => [
        ...namesOf([file]),
        ...[...origins].map(([name, origin]) => [name, ...namesOf([origin])]),
      ]),
    ).toEqual([
      [
        '@jupiterone/integration-sdk-runtime/dist/src/index.js',
        ['executeIntegrationInstance', '@jupiterone/integration-sdk-runtime/dist/src/execution/executeIntegration.js'],
        ['IntegrationLogger', '@jupiterone/integration-sdk-runtime/dist/src/logger/index.js'],
      ],
      [
        '@sinclair/typebox/build/cjs/index.js',
        ['Type', '@sinclair/typebox/build/cjs/type/type/index.js'],
        ['Kind', '@sinclair/typebox/build/cjs/type/symbols/index.js'],
        ['OptionalKind', '@sinclair/typebox/build/cjs/type/symbols/index.js'],
      ],
    ]);
  });

  it.each(
    parts.passingOn.flatMap(({ file, origins }) => [...origins].map(([name, origin]) => ({ file, name, origin }))),
  )('has what is $name in the package', ({ file, name, origin }) => {
    const require = createRequire(import.meta.url);
    const [whole, part] = [file, origin].map((path) => require(path) as Record<string, unknown>);

    expect(part?.[name]).toBeDefined();
    expect(part?.[name]).toBe(whole?.[name]);
  });
});

/** The files that exist, as they are named in their packages. */
function namesOf(files: readonly string[]): string[] {
  return files.filter((file) => existsSync(file)).map((file) => file.replace(/^.*node_modules\//, ''));
}
