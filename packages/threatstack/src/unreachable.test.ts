import { IntegrationValidationError } from '@jupiterone/integration-sdk-core';
import { ConnectionError, TimeoutError } from '@vendor-graph/http';
import { describe, expect, it } from 'vitest';
import { explainUnreachable } from './unreachable.js';

const FAILED = { endpoint: 'GET https://api.threatstack.com/v2/agents', attempts: 2, retriesExhausted: true };

describe('explainUnreachable', () => {
  it.each([
    ['ENOTFOUND', 'there is no host of this name (ENOTFOUND)'],
    ['ECONNREFUSED', 'the host refuses connections (ECONNREFUSED)'],
  ])('names host, cause and the new name of the product after %s', (code, cause) => {
    const error = explainUnreachable(new ConnectionError('no way', { ...FAILED, code }), 'https://api.threatstack.com');

    expect(error).toBeInstanceOf(IntegrationValidationError);
    expect((error as Error).message).toContain(`api.threatstack.com cannot be reached: ${cause}`);
    expect((error as Error).message).toContain('F5 Distributed Cloud AIP');
  });

  it.each([
    ['a reset', new ConnectionError('reset', { ...FAILED, code: 'UND_ERR_SOCKET' })],
    ['a name server that does not answer', new ConnectionError('later', { ...FAILED, code: 'EAI_AGAIN' })],
    ['a time-out', new TimeoutError('slow', { ...FAILED, code: 'ENOTFOUND' })],
    ['anything else', new Error('ENOTFOUND')],
  ])('leaves %s as it is', (_, error) => {
    expect(explainUnreachable(error, 'https://api.threatstack.com')).toBe(error);
  });
});
