import { describe, expect, it } from 'vitest';
import { parseEnvFile } from './env-file.js';
import { createInstance } from './instance.js';

describe('createInstance', () => {
  it.each([
    ['the default of the SDK', {}, '', 'local-integration-instance', 'Local Integration'],
    ["the SDK's variables", { INTEGRATION_INSTANCE_ID: 'i1', INTEGRATION_INSTANCE_NAME: 'n1' }, '', 'i1', 'n1'],
    [
      'the prefixed variables before those',
      { INTEGRATION_INSTANCE_ID: 'i1', ACME_INTEGRATION_INSTANCE_ID: 'i2', ACME_INTEGRATION_INSTANCE_NAME: 'n2' },
      '',
      'i2',
      'n2',
    ],
    [
      "the vendor's file before the variables that all vendors share",
      { INTEGRATION_INSTANCE_NAME: 'shared' },
      'INTEGRATION_INSTANCE_ID=i3\nACME_INTEGRATION_INSTANCE_NAME=n3',
      'i3',
      'n3',
    ],
    [
      'the default for an empty variable',
      { INTEGRATION_INSTANCE_ID: '' },
      '',
      'local-integration-instance',
      'Local Integration',
    ],
  ])('takes %s', (_what, env, file, id, name) => {
    const instance = createInstance({ apiKey: 'x' }, ['findings'], {
      vendor: 'acme',
      env,
      envFile: { values: parseEnvFile(file) },
    });

    expect(instance).toMatchObject({ id, name, config: { apiKey: 'x' } });
    expect(instance.disabledSources).toEqual([{ ingestionSourceId: 'findings' }]);
  });
});
