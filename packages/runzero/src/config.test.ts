import { IntegrationValidationError } from '@jupiterone/integration-sdk-core';
import type { ConfigurationError } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { configFields, readRunZeroConfig } from './config.js';

const KEY = 'CT11226D9EEEA2B035D42569585900';
const TOKEN = 'ET11226D9EEEA2B035D42569585900';
const DEFAULTS = {
  apiBaseUrl: 'https://console.runzero.com/api/v1.0',
  exportWithAccountKey: false,
  minimumVulnerabilitySeverity: 'low',
};

function problemsOf(raw: Record<string, unknown>): readonly { field: string; message: string; missing: boolean }[] {
  try {
    readRunZeroConfig(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(IntegrationValidationError);
    return (error as ConfigurationError).problems;
  }
  return [];
}

describe('readRunZeroConfig', () => {
  it.each([
    [{ accountAPIKey: KEY }, { accountAPIKey: KEY }],
    [{ exportToken: TOKEN }, { exportToken: TOKEN }],
    [{ accountAPIKey: ` ${KEY}\n`, exportToken: '' }, { accountAPIKey: KEY }],
    [{ accountAPIKey: '  ', exportToken: `${TOKEN}\r\n` }, { exportToken: TOKEN }],
    [{ accountAPIKey: null, exportToken: TOKEN }, { exportToken: TOKEN }],
    [{ exportToken: 'XT-any-form' }, { exportToken: 'XT-any-form' }],
    [
      { accountAPIKey: KEY, exportWithAccountKey: true },
      { accountAPIKey: KEY, exportWithAccountKey: true },
    ],
    [
      { accountAPIKey: KEY, exportWithAccountKey: 'TRUE' },
      { accountAPIKey: KEY, exportWithAccountKey: true },
    ],
    [
      { accountAPIKey: KEY, minimumVulnerabilitySeverity: 'High' },
      { accountAPIKey: KEY, minimumVulnerabilitySeverity: 'high' },
    ],
    [{ accountAPIKey: KEY, somethingElse: 'ignored' }, { accountAPIKey: KEY }],
  ])('reads %j', (raw, expected) => {
    expect(readRunZeroConfig(raw)).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each([
    ['https://console.runzero.com', 'https://console.runzero.com/api/v1.0'],
    ['https://console.runzero.com/', 'https://console.runzero.com/api/v1.0'],
    ['https://console.runzero.com/api/v1.0/', 'https://console.runzero.com/api/v1.0'],
    ['https://runzero.example.internal:8443', 'https://runzero.example.internal:8443/api/v1.0'],
    ['https://gateway.example/runzero/api/v1.0//', 'https://gateway.example/runzero/api/v1.0'],
    ['http://127.0.0.1:4000/api/v1.0', 'http://127.0.0.1:4000/api/v1.0'],
    ['http://localhost:4000', 'http://localhost:4000/api/v1.0'],
  ])('completes the base URL %s', (apiBaseUrl, expected) => {
    expect(readRunZeroConfig({ exportToken: TOKEN, apiBaseUrl }).apiBaseUrl).toBe(expected);
  });

  it.each([{}, { accountAPIKey: '' }, { exportToken: ' \n' }, { accountAPIKey: '', exportToken: '' }])(
    'asks for one of the credentials when there is none: %j',
    (raw) => {
      const problems = problemsOf(raw);

      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ field: 'accountAPIKey', missing: true });
      expect(problems[0]?.message).toMatch(/^An Account API Key or an Export Token is needed\./);
      expect(problems[0]?.message).toContain('RUNZERO_ACCOUNT_API_KEY');
      expect(problems[0]?.message).toContain('RUNZERO_EXPORT_TOKEN');
    },
  );

  it('refuses both credentials at once', () => {
    const [problem, ...others] = problemsOf({ accountAPIKey: KEY, exportToken: TOKEN });

    expect(others).toEqual([]);
    expect(problem).toMatchObject({ field: 'exportToken', missing: false });
    expect(problem?.message).toMatch(/^Only one of Account API Key and Export Token may be given/);
  });

  it.each([
    ['accountAPIKey', 'two words'],
    ['exportToken', 'two words'],
    ['accountAPIKey', 'line\nbreak'],
    ['accountAPIKey', 'control\u0007character'],
    ['exportToken', 'pässword'],
    ['apiBaseUrl', 'http://console.runzero.com'],
    ['apiBaseUrl', 'https://user:password@console.runzero.com'],
    ['apiBaseUrl', 'https://console.runzero.com/?key=1'],
    ['apiBaseUrl', 'runzero.example.internal'],
    ['exportWithAccountKey', 'perhaps'],
    ['minimumVulnerabilitySeverity', 'dreadful'],
  ])('refuses %s %j without repeating it', (field, value) => {
    const raw = field === 'exportToken' ? {} : { accountAPIKey: KEY };

    const problems = problemsOf({ ...raw, [field]: value });

    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]?.message).not.toContain(value);
  });

  it('names every problem at once', () => {
    const problems = problemsOf({ exportToken: 'two words', apiBaseUrl: 'ftp://x', exportWithAccountKey: 'perhaps' });

    expect(problems.map(({ field }) => field)).toEqual(['exportToken', 'apiBaseUrl', 'exportWithAccountKey']);
  });
});

describe('configFields', () => {
  it('masks the secrets and nothing else', () => {
    const masked = Object.entries(configFields).filter(([, field]) => field.mask);

    expect(masked.map(([name]) => name)).toEqual(['accountAPIKey', 'exportToken']);
  });

  it('says of each field where its value is found', () => {
    expect(Object.values(configFields).every(({ whereToFind }) => whereToFind.length > 20)).toBe(true);
  });
});
