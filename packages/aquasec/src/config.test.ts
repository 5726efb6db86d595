import { ConfigurationError } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { apiBaseUrl, consoleUrl, readAquasecConfig } from './config.js';

const VALID = { apiKey: 'AKEXAMPLE0000000000001', apiSecret: 'secret', accountId: '10630' };

describe('readAquasecConfig', () => {
  it('takes what is required and trims it, the secret too', () => {
    const config = readAquasecConfig({ apiKey: ' AKEXAMPLE ', apiSecret: ' se$cret+/=\n', accountId: '10630\n' });

    expect(config).toEqual({ apiKey: 'AKEXAMPLE', apiSecret: 'se$cret+/=', accountId: '10630' });
  });

  it('names every missing field at once, with its variable and where to find the value', () => {
    const { problems, message } = problemsOf({});

    expect(problems.map(({ field, missing }) => [field, missing])).toEqual([
      ['apiKey', true],
      ['apiSecret', true],
      ['accountId', true],
    ]);
    expect(message).toContain('AQUASEC_API_KEY');
    expect(message).toContain('AQUASEC_API_SECRET');
    expect(message).toContain('AQUASEC_ACCOUNT_ID');
    expect(message).toContain('https://cloud.aquasec.com/cspm/#/apikeys');
  });

  it.each([
    ['accountId', '10630x'],
    ['accountId', '-1'],
    ['region', 'mars-1'],
    ['region', '__proto__'],
    ['apiBaseUrl', 'http://api.example.com'],
    ['apiBaseUrl', 'https://user:password@api.example.com'],
    ['apiBaseUrl', 'api.example.com'],
  ])('refuses %s "%s"', (field, value) => {
    const { problems, message } = problemsOf({ ...VALID, [field]: value });

    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(message).not.toContain(VALID.apiSecret);
  });

  it.each([
    [{}, 'https://api.cloudsploit.com', 'https://cloud.aquasec.com'],
    [{ region: 'us' }, 'https://api.cloudsploit.com', 'https://cloud.aquasec.com'],
    [{ region: 'eu-1' }, 'https://eu-1.api.cloudsploit.com', 'https://eu-1.cloud.aquasec.com'],
    [{ region: 'asia-1' }, 'https://asia-1.api.cloudsploit.com', 'https://asia-1.cloud.aquasec.com'],
    [{ region: 'asia-2' }, 'https://asia-2.api.cloudsploit.com', 'https://asia-2.cloud.aquasec.com'],
    [{ region: 'ap-2' }, 'https://ap-2.api.cloudsploit.com', 'https://ap-2.cloud.aquasec.com'],
    [{ region: 'eu-1', apiBaseUrl: 'http://127.0.0.1:8080/gateway/' }, 'http://127.0.0.1:8080/gateway', undefined],
  ])('finds the hosts of %j', (fields, api, console) => {
    const config = readAquasecConfig({ ...VALID, ...fields });

    expect(apiBaseUrl(config)).toBe(api);
    expect(consoleUrl(config)).toBe(console);
  });
});

function problemsOf(raw: Record<string, unknown>): ConfigurationError {
  try {
    readAquasecConfig(raw);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}
