import { IntegrationProviderAPIError } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { toProviderError } from './provider-error.js';
import { unexpectedAnswer } from './unexpected-answer.js';

const ANSWER = { endpoint: 'POST https://api.example.com/v2/usage', status: 201 };

describe('unexpectedAnswer', () => {
  it('says where what is missing, and suspects the address', () => {
    const error = unexpectedAnswer(ANSWER, 'an object');

    expect(error).toBeInstanceOf(IntegrationProviderAPIError);
    expect(error).toMatchObject({
      ...ANSWER,
      code: 'PROVIDER_API_ERROR',
      statusText: 'Unexpected answer',
      message:
        "POST https://api.example.com/v2/usage answered 201, but not with an object. Check that apiBaseUrl leads to the vendor's API, and what stands between here and there.",
    });
  });

  it('hands on what the vendor says of it', () => {
    expect(unexpectedAnswer(ANSWER, 'a list "data"', 'Oops; database').message).toBe(
      'POST https://api.example.com/v2/usage answered 201, but not with a list "data". It says: Oops; database',
    );
  });

  it.each(['validation', 'step'] as const)('is an error of the provider in a %s, without secrets', (during) => {
    const error = unexpectedAnswer(ANSWER, 'a list', 'no list for s3cret-key');

    expect(toProviderError(error, { during, secrets: ['s3cret-key'] })).toMatchObject({
      code: 'PROVIDER_API_ERROR',
      message: expect.stringMatching(/It says: no list for \[\w+\]$/i) as string,
    });
  });
});
