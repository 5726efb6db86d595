import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { getValidator, getValidatorSync } from './index.js';

describe('the shared validator', () => {
  it('is one instance, asked for either way', async () => {
    const validator = getValidatorSync();

    expect(await getValidator()).toBe(validator);
    expect(getValidatorSync()).toBe(validator);
  });

  it('holds the class schemas of the data model', () => {
    const { errors } = getValidatorSync().validateEntity({ _class: ['Account'], _type: 'acme_account' });

    expect(errors?.map(({ property }) => property)).toEqual(['_key', 'name', 'displayName', 'vendor']);
  });

  it('can be required, which is how the SDK loads this package', () => {
    const required = createRequire(import.meta.url)('@vendor-graph/entity-validator') as object;

    expect(Object.keys(required).sort()).toEqual(['EntityValidator', 'getValidator', 'getValidatorSync']);
  });
});
