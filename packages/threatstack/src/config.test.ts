import { ConfigurationError } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { configFields, readThreatStackConfig } from './config.js';

const REQUIRED = { orgName: 'Acme', orgId: 'org-1', userId: 'user-1', apiKey: 'k$"+/=' };

describe('readThreatStackConfig', () => {
  it('fills in the defaults', () => {
    expect(readThreatStackConfig(REQUIRED)).toEqual({
      orgName: 'Acme',
      orgId: 'org-1',
      userId: 'user-1',
      apiKey: 'k$"+/=',
      apiBaseUrl: 'https://api.threatstack.com',
      alertsWindowMinutes: 43_200,
      alertsDelayMinutes: 0,
      alertsTimeAdjustmentMinutes: 0,
      alertsSeverities: [],
      alertsIncludeDismissed: false,
    });
  });

  it('trims every value, the secret too', () => {
    const config = readThreatStackConfig({ orgName: ' Acme ', orgId: ' o ', userId: '\tu', apiKey: ' key\n' });

    expect(config).toMatchObject({ orgName: 'Acme', orgId: 'o', userId: 'u', apiKey: 'key' });
  });

  it('names everything that is missing at once, with the variable and where to find it', () => {
    const problems = problemsOf({ orgName: ' ', apiKey: '' });

    expect(problems.map(({ field, missing }) => [field, missing])).toEqual([
      ['orgName', true],
      ['orgId', true],
      ['userId', true],
      ['apiKey', true],
    ]);
    expect(problems[3]?.message).toContain('THREATSTACK_API_KEY');
    expect(problems[3]?.message).toContain('Settings > Application Keys > REST API Key');
  });

  it('names missing and malformed fields together', () => {
    const problems = problemsOf({
      ...REQUIRED,
      orgName: '',
      userId: 'a"b',
      apiBaseUrl: 'ftp://x',
      alertsDelayMinutes: '-1',
    });

    expect(problems.map(({ field }) => field)).toEqual(['orgName', 'userId', 'apiBaseUrl', 'alertsDelayMinutes']);
  });

  it.each(['orgId', 'userId'])('refuses characters in %s that a Hawk header cannot carry', (field) => {
    for (const value of ['a"b', 'a\\b', 'a\u0000b', 'a\nb', 'ümlaut', '日本'])
      expect(problemsOf({ ...REQUIRED, [field]: value }).map((problem) => problem.field)).toEqual([field]);
  });

  it.each(['orgId', 'userId'])('takes every character in %s that a Hawk header can carry', (field) => {
    const value = "aZ09 !#$%&'()*+,-./:;<=>?@[]^_`{|}~";

    expect(readThreatStackConfig({ ...REQUIRED, [field]: value })).toMatchObject({ [field]: value });
  });

  it.each([
    ['https://aip.example.com', 'https://aip.example.com'],
    ['https://aip.example.com/', 'https://aip.example.com'],
    ['https://aip.example.com/v2', 'https://aip.example.com'],
    ['https://aip.example.com/v2/', 'https://aip.example.com'],
    ['https://proxy.example.com/threatstack/v2', 'https://proxy.example.com/threatstack'],
    ['https://proxy.example.com/threatstack//', 'https://proxy.example.com/threatstack'],
    ['http://127.0.0.1:8089', 'http://127.0.0.1:8089'],
    ['http://localhost:8089/v2', 'http://localhost:8089'],
    ['http://[::1]:8089', 'http://[::1]:8089'],
  ])('takes the base URL %s as %s', (apiBaseUrl, expected) => {
    expect(readThreatStackConfig({ ...REQUIRED, apiBaseUrl }).apiBaseUrl).toBe(expected);
  });

  it.each([
    'http://api.threatstack.com',
    'api.threatstack.com',
    'https://user:pw@host',
    'https://host/?a=1',
    'ftp://host',
  ])('refuses the base URL %s', (apiBaseUrl) => {
    expect(problemsOf({ ...REQUIRED, apiBaseUrl }).map(({ field }) => field)).toEqual(['apiBaseUrl']);
  });

  it.each([
    ['alertsWindowMinutes', '1', 1],
    ['alertsWindowMinutes', '1440', 1_440],
    ['alertsDelayMinutes', '0', 0],
    ['alertsDelayMinutes', ' 10 ', 10],
    ['alertsTimeAdjustmentMinutes', '-90', -90],
    ['alertsTimeAdjustmentMinutes', '+90', 90],
    ['alertsSeverities', '1', [1]],
    ['alertsSeverities', '3, 1,1', [1, 3]],
    ['alertsIncludeDismissed', 'true', true],
    ['alertsIncludeDismissed', false, false],
  ])('reads %s %j as %j', (field, value, expected) => {
    expect(readThreatStackConfig({ ...REQUIRED, [field]: value })).toMatchObject({ [field]: expected });
  });

  it.each([
    ['alertsWindowMinutes', '0'],
    ['alertsWindowMinutes', '-5'],
    ['alertsWindowMinutes', '1.5'],
    ['alertsWindowMinutes', '1e3'],
    ['alertsWindowMinutes', '30 days'],
    ['alertsWindowMinutes', '99999999999999999999'],
    ['alertsDelayMinutes', '-1'],
    ['alertsDelayMinutes', 'ten'],
    ['alertsTimeAdjustmentMinutes', '0x10'],
    ['alertsTimeAdjustmentMinutes', '-5256001'],
    ['alertsSeverities', '0'],
    ['alertsSeverities', '1;2'],
    ['alertsSeverities', 'high'],
    ['alertsIncludeDismissed', 'perhaps'],
  ])('refuses %s %j', (field, value) => {
    expect(problemsOf({ ...REQUIRED, [field]: value }).map((problem) => problem.field)).toEqual([field]);
  });

  it('never repeats a value in a problem', () => {
    const canary = 'c4n4ry"\\';
    const error = errorOf({ orgId: canary, userId: canary, apiKey: `${canary}\n${canary}`, apiBaseUrl: canary });

    expect(JSON.stringify([error.message, error.problems])).not.toContain('c4n4ry');
  });
});

describe('configFields', () => {
  it('masks the key and nothing else', () => {
    expect(Object.entries(configFields).flatMap(([name, { mask }]) => (mask === true ? [name] : []))).toEqual([
      'apiKey',
    ]);
  });
});

function problemsOf(raw: Record<string, unknown>): ConfigurationError['problems'] {
  return errorOf(raw).problems;
}

function errorOf(raw: Record<string, unknown>): ConfigurationError {
  try {
    readThreatStackConfig(raw);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}
