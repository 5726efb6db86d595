import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

describe('Redactor', () => {
  it('cuts the secrets of all vendors, raw and encoded', () => {
    const redactor = new Redactor();
    redactor.addAll(['k$"y+/= 9']);
    redactor.addAll(['other-secret']);

    expect(
      redactor.redact(`a ${JSON.stringify('k$"y+/= 9')} b ${encodeURIComponent('k$"y+/= 9')} c other-secret`),
    ).toBe('a "[REDACTED]" b [REDACTED] c [REDACTED]');
  });

  it('leaves ordinary texts alone', () => {
    expect(new Redactor().redact('12 users, 3 roles')).toBe('12 users, 3 roles');
  });
});
