import { ConfigurationError } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { configFields, readPanopticaConfig } from './config.js';

const ACCESS_KEY = '0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42';
const SECRET_KEY = 'dGVzdC1vbmx5LXNlY3JldC1ub3QtcmVhbC0wMDAwMDE=';

/** The messages of everything that is wrong, by field. */
function problemsOf(raw: Record<string, unknown>): Record<string, string> {
  try {
    readPanopticaConfig(raw);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return Object.fromEntries(error.problems.map(({ field, message }) => [field, message]));
  }
}

describe('readPanopticaConfig', () => {
  it('trims the keys and fills in the address', () => {
    expect(readPanopticaConfig({ accessKey: ` ${ACCESS_KEY}\n`, secretKey: `\t${SECRET_KEY} ` })).toEqual({
      accessKey: ACCESS_KEY,
      secretKey: SECRET_KEY,
      apiBaseUrl: 'https://securecn.cisco.com/api',
    });
  });

  it.each([
    ['https://securecn.cisco.com', 'https://securecn.cisco.com/api'],
    ['https://securecn.cisco.com/', 'https://securecn.cisco.com/api'],
    ['https://appsecurity.cisco.com/api', 'https://appsecurity.cisco.com/api'],
    ['https://appsecurity.cisco.com/api/', 'https://appsecurity.cisco.com/api'],
    ['https://gateway.example.com/panoptica//', 'https://gateway.example.com/panoptica'],
    ['http://127.0.0.1:8443', 'http://127.0.0.1:8443/api'],
    ['http://localhost:8443/api', 'http://localhost:8443/api'],
  ])('reads the address %s as %s', (apiBaseUrl, expected) => {
    expect(readPanopticaConfig({ accessKey: ACCESS_KEY, secretKey: SECRET_KEY, apiBaseUrl }).apiBaseUrl).toBe(expected);
  });

  it('names everything that is missing, the variable to set and where the value is', () => {
    expect(problemsOf({})).toEqual({
      accessKey: expect.stringMatching(
        /^accessKey is missing: set PANOPTICA_ACCESS_KEY\. In the Panoptica console/,
      ) as string,
      secretKey: expect.stringMatching(
        /^secretKey is missing: set PANOPTICA_SECRET_KEY\. In the Panoptica console/,
      ) as string,
    });
  });

  it.each([
    ['accessKey', { accessKey: 'INVALID' }, /^accessKey must be a UUID/],
    ['accessKey', { accessKey: `${ACCESS_KEY}0` }, /^accessKey must be a UUID/],
    ['secretKey', { secretKey: 'two\nlines' }, /^secretKey must not hold a line break/],
    ['apiBaseUrl', { apiBaseUrl: 'http://securecn.cisco.com' }, /^apiBaseUrl must begin with https/],
    ['apiBaseUrl', { apiBaseUrl: 'my-host' }, /^apiBaseUrl must be a URL/],
    ['apiBaseUrl', { apiBaseUrl: 'https://key@securecn.cisco.com' }, /^apiBaseUrl must not hold a user name/],
    ['apiBaseUrl', { apiBaseUrl: 'https://securecn.cisco.com/api?a=b' }, /^apiBaseUrl must not hold a query/],
  ])('refuses a malformed %s without repeating it', (field, change, message) => {
    const problems = problemsOf({ accessKey: ACCESS_KEY, secretKey: SECRET_KEY, ...change });

    expect(problems).toEqual({ [field]: expect.stringMatching(message) as string });
    expect(problems[field]).not.toContain(Object.values(change)[0]);
  });
});

describe('configFields', () => {
  it('masks the secret and asks for both keys', () => {
    expect(configFields).toMatchObject({
      accessKey: { type: 'string' },
      secretKey: { type: 'string', mask: true },
      apiBaseUrl: { type: 'string', optional: true },
    });
  });
});
