import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentVariable } from './environment-variable.js';

const sdkRuntime = createRequire(createRequire(import.meta.url).resolve('@jupiterone/integration-sdk-runtime'));
/** What the SDK itself derives the names of environment variables with. */
const snakeCase = sdkRuntime('lodash/snakeCase') as (text: string) => string;

describe('environmentVariable', () => {
  it.each([
    ['runzero', 'accountAPIKey', 'RUNZERO_ACCOUNT_API_KEY'],
    ['runzero', 'exportWithAccountKey', 'RUNZERO_EXPORT_WITH_ACCOUNT_KEY'],
    ['threatstack', 'orgId', 'THREATSTACK_ORG_ID'],
    ['aquasec', 'region', 'AQUASEC_REGION'],
    ['two-words', 'apiBaseUrl', 'TWO_WORDS_API_BASE_URL'],
    ['acme', 's3Bucket', 'ACME_S_3_BUCKET'],
    ['acme', 'URL', 'ACME_URL'],
  ])('reads %s %s from %s', (vendor, field, variable) => {
    expect(environmentVariable(vendor, field)).toBe(variable);
  });

  it('names the rest of the variable as the SDK does', () => {
    const parts = ['a', 'B', 'api', 'API', 'Key', 's', 'S', '0', '1', '2', '3', '11', '4', '_', '$'];
    const ordinals = ['st', 'nd', 'rd', 'th', 'ST', 'ND', 'RD', 'TH', 'Th'];
    const identifier = fc
      .array(fc.constantFrom(...parts, ...ordinals), { maxLength: 10 })
      .map((words) => `x${words.join('')}`);

    fc.assert(
      fc.property(fc.oneof(identifier, fc.stringMatching(/^[a-zA-Z_$][a-zA-Z0-9_$]{0,20}$/)), (field) => {
        expect(environmentVariable('acme', field)).toBe(`ACME_${snakeCase(field).toUpperCase()}`);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });
});
