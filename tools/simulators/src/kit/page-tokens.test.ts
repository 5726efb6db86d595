import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageTokens } from './page-tokens.js';

const LISTING = '/v2/agents?status=online';

describe('PageTokens', () => {
  it.each(['base64', 'base64url'] as const)('reads back every position that it issued (%s)', (alphabet) => {
    const tokens = new PageTokens('secret', alphabet);
    fc.assert(
      fc.property(fc.string(), fc.nat(2 ** 31), (listing, position) => {
        expect(tokens.read(listing, tokens.issue(listing, position))).toBe(position);
      }),
    );
    expect(tokens.read(LISTING, tokens.issue(LISTING, 2 ** 48 - 1))).toBe(2 ** 48 - 1);
  });

  it('needs encoding in a query in base64, and none in base64url', () => {
    expect(new PageTokens('secret', 'base64').issue(LISTING, 100)).toMatch(/^\+\/\+\/[\w+/]{22}==$/);
    expect(new PageTokens('secret', 'base64url').issue(LISTING, 100)).toMatch(/^[\w-]{26}$/);
  });

  it('issues the same token for the same position, and looks-unrelated ones for neighbours', () => {
    const tokens = new PageTokens('secret', 'base64');

    expect(tokens.issue(LISTING, 100)).toBe(tokens.issue(LISTING, 100));
    expect(tokens.issue(LISTING, 100).slice(4, 12)).not.toBe(tokens.issue(LISTING, 101).slice(4, 12));
  });

  it('does not read a token of another listing, another server or nobody', () => {
    const tokens = new PageTokens('secret', 'base64');
    const token = tokens.issue(LISTING, 100);

    expect(tokens.read('/v2/agents?status=offline', token)).toBeUndefined();
    expect(new PageTokens('other', 'base64').read(LISTING, token)).toBeUndefined();
    expect(tokens.read(LISTING, token.replace(/..==$/, 'AA=='))).toBeUndefined();
    expect(tokens.read(LISTING, token.replaceAll('+', ' '))).toBeUndefined();
    for (const nonsense of ['', '100', 'null', `${token}x`, 'x'.repeat(1_000)]) {
      expect(tokens.read(LISTING, nonsense)).toBeUndefined();
    }
  });
});
