import { describe, expect, it } from 'vitest';
import type { VendorField } from '../vendors/load-vendor.js';
import { readInstanceConfig, secretsIn } from './instance-config.js';
import { parseEnvFile } from './env-file.js';

const FIELDS: [string, VendorField][] = [
  ['fooBar', { type: 'string', mask: true }],
  ['accountAPIKey', { type: 'string', optional: true, mask: true }],
  ['verbose', { type: 'boolean', optional: true }],
  ['rules', { type: 'json', optional: true }],
];

function read(env: Record<string, string>, file = '', fields = FIELDS): ReturnType<typeof readInstanceConfig> {
  return readInstanceConfig(fields, { vendor: 'acme', env, envFile: { values: parseEnvFile(file) } });
}

describe('readInstanceConfig', () => {
  it.each([
    ['the prefixed variable', { ACME_FOO_BAR: 'env' }, '', 'env'],
    ['the prefixed variable before the file', { ACME_FOO_BAR: 'env' }, 'ACME_FOO_BAR=file\nFOO_BAR=bare', 'env'],
    ['the file, prefixed', {}, 'ACME_FOO_BAR=file\nFOO_BAR=bare', 'file'],
    ['the file, bare', {}, 'FOO_BAR=bare', 'bare'],
    ['the file when the variable is empty', { ACME_FOO_BAR: ' ' }, 'FOO_BAR=bare', 'bare'],
    ['never a bare variable of the environment', { FOO_BAR: 'other vendor' }, '', undefined],
    ['a value as it stands', {}, 'FOO_BAR=" pa$s "', ' pa$s '],
  ])('takes %s', (_what, env, file, expected) => {
    expect(read(env, file).config['fooBar']).toBe(expected);
  });

  it('finds a field with an acronym', () => {
    expect(read({ ACME_FOO_BAR: 'x', ACME_ACCOUNT_API_KEY: 'key' }).config).toEqual({
      fooBar: 'x',
      accountAPIKey: 'key',
    });
  });

  it('types booleans and JSON', () => {
    expect(read({ ACME_FOO_BAR: 'x', ACME_VERBOSE: 'TRUE', ACME_RULES: '[1]' }).config).toEqual({
      fooBar: 'x',
      verbose: true,
      rules: [1],
    });
  });

  it('names all problems at once, without the values', () => {
    const { problems, incomplete } = read({ ACME_VERBOSE: 'secret-1', ACME_RULES: 'secret-2' });

    expect(incomplete).toBe(true);
    expect(problems).toEqual([
      'fooBar is missing: set ACME_FOO_BAR.',
      'verbose must be true or false (ACME_VERBOSE).',
      'rules must be JSON (ACME_RULES).',
    ]);
  });

  it('leaves a field that says where its value is found to the package', () => {
    const fields: [string, VendorField][] = [
      ['apiKey', { type: 'string', whereToFind: 'Settings > API.' }],
      ['verbose', { type: 'boolean', whereToFind: 'You choose.' }],
    ];

    expect(read({ ACME_VERBOSE: 'maybe' }, '', fields)).toEqual({
      config: { verbose: 'maybe' },
      problems: [],
      incomplete: false,
    });
  });
});

describe('secretsIn', () => {
  it('takes masked and undeclared texts', () => {
    expect(secretsIn({ fooBar: 's1', verbose: true, plain: 's2', rules: 'open' }, FIELDS)).toEqual(['s1', 's2']);
  });
});
