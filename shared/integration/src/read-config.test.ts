import { IntegrationValidationError, isUserConfigError } from '@jupiterone/integration-sdk-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBaseUrl } from './base-url.js';
import type { ConfigFields } from './config-field.js';
import { ConfigurationError } from './configuration-error.js';
import { readConfig } from './read-config.js';

interface AcmeConfig {
  orgId: string;
  apiKey: string;
  apiBaseUrl?: string;
  archived?: boolean;
}

const fields: ConfigFields<AcmeConfig> = {
  orgId: { type: 'string', whereToFind: 'It is shown under Settings > Organization.' },
  apiKey: {
    type: 'string',
    mask: true,
    whereToFind: 'Create one under Settings > Keys.',
    check: (value) => (/^[0-9a-f]{8}$/.test(value) ? undefined : 'must be 8 hexadecimal digits'),
  },
  apiBaseUrl: { type: 'string', optional: true, whereToFind: 'Only for another region.', check: checkBaseUrl },
  archived: { type: 'boolean', optional: true, whereToFind: 'True to collect archived records too.' },
};

function problemsOf(raw: Record<string, unknown>): string[] {
  try {
    readConfig('acme', fields, raw);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('answers the values, trimmed and typed', () => {
    const config = readConfig('acme', fields, {
      orgId: ' org-1 ',
      apiKey: '0123abcd\r\n',
      apiBaseUrl: 'https://eu.example.com',
      archived: 'TRUE',
    });

    expect(config).toEqual({
      orgId: 'org-1',
      apiKey: '0123abcd',
      apiBaseUrl: 'https://eu.example.com',
      archived: true,
    });
  });

  it('leaves out optional fields without a value', () => {
    const config = readConfig('acme', fields, { orgId: 'o', apiKey: '0123abcd', apiBaseUrl: '  ', archived: null });

    expect(config).toStrictEqual({ orgId: 'o', apiKey: '0123abcd' });
  });

  it.each([
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    [' true ', true],
  ])('reads the boolean %j as %s', (value, expected) => {
    const { archived } = readConfig('acme', fields, { orgId: 'o', apiKey: '0123abcd', archived: value });

    expect(archived).toBe(expected);
  });

  it('ignores what is not a field, and fields that are not own properties', () => {
    const raw = Object.assign(Object.create({ archived: true }) as object, {
      orgId: 'o',
      apiKey: '0123abcd',
      '@tag': 1,
    });

    expect(readConfig('acme', fields, raw)).toStrictEqual({ orgId: 'o', apiKey: '0123abcd' });
  });

  it('names every problem at once, each with its variable and where to find the value', () => {
    const raw = { apiKey: 'not hex', apiBaseUrl: 'http://example.com', archived: 'yes' };

    expect(problemsOf(raw)).toEqual([
      'orgId is missing: set ACME_ORG_ID. It is shown under Settings > Organization.',
      'apiKey must be 8 hexadecimal digits (ACME_API_KEY). Create one under Settings > Keys.',
      'apiBaseUrl must begin with https:// (http:// is for loopback addresses only) (ACME_API_BASE_URL). ' +
        'Only for another region.',
      'archived must be true or false (ACME_ARCHIVED). True to collect archived records too.',
    ]);
  });

  it.each([
    ['an inner line break', 'ab\ncd', 'must not hold a line break or another control character'],
    ['a null byte', 'ab\0cd', 'must not hold a line break or another control character'],
    ['a number', 12345678, 'must be a text'],
    ['an object', { key: '0123abcd' }, 'must be a text'],
  ])('refuses %s where a text is due', (_case, value, problem) => {
    expect(problemsOf({ orgId: 'o', apiKey: value })).toEqual([
      `apiKey ${problem} (ACME_API_KEY). Create one under Settings > Keys.`,
    ]);
  });

  it('throws an error whose message the SDK shows to users', () => {
    let thrown: unknown;
    try {
      readConfig('acme', fields, { orgId: 'o' });
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(ConfigurationError);
    expect(thrown).toBeInstanceOf(IntegrationValidationError);
    expect(isUserConfigError(thrown as Error)).toBe(true);
    expect(thrown).toMatchObject({
      code: 'CONFIG_VALIDATION_ERROR',
      message:
        'acme: the configuration cannot be used.\n' +
        '- apiKey is missing: set ACME_API_KEY. Create one under Settings > Keys.',
      problems: [{ field: 'apiKey', missing: true }],
    });
  });

  it('adds the problems that concern several fields', () => {
    const also = ({ archived }: Partial<AcmeConfig>) =>
      archived === true ? [{ field: 'archived', message: 'archived needs a paid plan.', missing: false }] : [];

    expect(() => readConfig('acme', fields, { orgId: 'o', apiKey: '0123abcd', archived: true }, also)).toThrow(
      'acme: the configuration cannot be used.\n- archived needs a paid plan.',
    );
  });

  it('says one thing about a malformed field, not that it is missing too', () => {
    const also = ({ apiKey }: Partial<AcmeConfig>) =>
      apiKey === undefined ? [{ field: 'apiKey', message: 'apiKey is needed.', missing: true }] : [];

    expect(() => readConfig('acme', fields, { orgId: 'o', apiKey: 'wrong' }, also)).toThrow(
      /^acme: the configuration cannot be used\.\n- apiKey must be 8 hexadecimal digits \(ACME_API_KEY\)[^\n]*$/,
    );
  });

  it('never repeats a value, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z$"+/=\n\0]{6,30}$/), (value) => {
        const messages = problemsOf({ orgId: { value }, apiKey: value, apiBaseUrl: value, archived: value });

        expect(messages).toHaveLength(value.trim() === '' ? 2 : 4);
        expect(messages.join('\n')).not.toContain(value.trim() === '' ? '\0' : value.trim());
      }),
      { seed: 1 },
    );
  });
});
