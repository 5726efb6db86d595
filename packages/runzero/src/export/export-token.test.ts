import { describe, expect, it } from 'vitest';
import { firstListedToken, tokenOfOrganization } from './export-token.js';

const TOKEN = 'ET11226D9EEEA2B035D42569585900';

describe('tokenOfOrganization', () => {
  it.each([TOKEN, `${TOKEN}\n`, 'XT-of-another-form-but-long'])('finds %j', (token) => {
    expect(tokenOfOrganization({ export_token: token })).toBe(token.trim());
  });

  it.each([
    {},
    { export_token: '' },
    { export_token: null },
    { export_token: 'ET11**********************5900' },
    { export_token: '[REDACTED]' },
    { export_token: 'ET11226D9EEEA2B035D' },
    { export_token: 'ET11226D9 EEEA2B035D42569585900' },
    { export_token: 'E'.repeat(4_097) },
    { export_token: 42 },
    null,
    'text',
  ])('finds none in %j', (record) => {
    expect(tokenOfOrganization(record)).toBeUndefined();
  });
});

describe('firstListedToken', () => {
  it('takes the first that can be used', () => {
    const list = [{ id: '1', token: '' }, { id: '2' }, null, { token: 'ET***********************' }, { token: TOKEN }];

    expect(firstListedToken([...list, { token: 'ET99999999999999999999999999999' }])).toBe(TOKEN);
  });

  it.each([[[]], [[{ token: '' }]], [{ token: TOKEN }], [null], ['text'], [undefined]])('finds none in %j', (list) => {
    expect(firstListedToken(list)).toBeUndefined();
  });
});
