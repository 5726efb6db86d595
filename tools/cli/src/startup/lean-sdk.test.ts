import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unusedPartsOfSdk } from './lean-sdk.js';

describe('unusedPartsOfSdk', () => {
  it('finds each part in the version of the SDK that is installed', () => {
    const files = unusedPartsOfSdk();

    expect(files.filter((file) => existsSync(file)).map((file) => file.split('node_modules/').at(-1))).toEqual([
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
    ]);
  });
});
