import { IntegrationProviderAuthenticationError } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../command-error.js';
import { failureCode } from './describe-failure.js';

describe('failureCode', () => {
  it.each<[string, unknown]>([
    ['CONFIGURATION', new CommandError('API key is missing')],
    [
      'PROVIDER_AUTHENTICATION_ERROR',
      new IntegrationProviderAuthenticationError({ endpoint: '/', status: 401, statusText: 'no' }),
    ],
    ['UNEXPECTED', new TypeError('a defect')],
    ['UNEXPECTED', 'not an error'],
  ])('is %s', (code, error) => {
    expect(failureCode(error)).toBe(code);
  });
});
