import { describe, expect, it } from 'vitest';
import { parseEnvFile } from './env-file.js';
import { disabledSources, readSourceSwitches } from './ingestion-sources.js';

const SOURCES = {
  users: { title: 'Users', cannotBeDisabled: true },
  assets: { title: 'Assets' },
  findings: { title: 'Findings', defaultsToDisabled: true },
};

describe('disabledSources', () => {
  it.each([
    ['the default', [], [], ['findings']],
    ['one more switched off', [], ['assets'], ['assets', 'findings']],
    ['the default switched on', ['findings'], [], []],
    ['both', ['findings'], ['assets'], ['assets']],
    ['what is on anyway switched on', ['assets'], [], ['findings']],
  ])('is %s', (_what, enable, disable, expected) => {
    expect(disabledSources(SOURCES, { enable, disable })).toEqual(expected);
  });

  it.each([
    [
      'unknown',
      ['asets'],
      [],
      'There is no ingestion source "asets". Did you mean assets? Known: users, assets, findings.',
    ],
    ['not to be disabled', [], ['users'], 'The ingestion source "users" cannot be disabled.'],
    ['enabled and disabled', ['assets'], ['assets'], 'The ingestion source "assets" is both enabled and disabled.'],
  ])('refuses a source that is %s', (_what, enable, disable, message) => {
    expect(() => disabledSources(SOURCES, { enable, disable })).toThrow(message);
  });

  it('says that a vendor has no sources', () => {
    expect(() => disabledSources(undefined, { enable: ['x'], disable: [] })).toThrow(
      'There is no ingestion source "x": this vendor has none to switch.',
    );
    expect(disabledSources(undefined, { enable: [], disable: [] })).toEqual([]);
  });
});

describe('readSourceSwitches', () => {
  it('adds the lists of the environment and the file, but the command line wins', () => {
    const switches = readSourceSwitches(
      { enable: ['a'], disable: ['b'] },
      {
        vendor: 'acme',
        env: { ACME_ENABLED_SOURCES: 'b, c,,' },
        envFile: { values: parseEnvFile('DISABLED_SOURCES=a,d') },
      },
    );

    expect(switches).toEqual({ enable: ['a', 'c'], disable: ['b', 'd'] });
  });
});
