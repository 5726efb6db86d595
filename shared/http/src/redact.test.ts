import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactSecrets } from './redact.js';
import { base64Pair, leaksIn, secretForms } from './testing/secret-forms.js';

const CANARY = 'c4n$ry"k+e/y=\'<&>\\end\nline';

it.each([...Object.entries(secretForms(CANARY)), ['base64 of a pair', base64Pair(CANARY)]])(
  'cuts out a secret: %s',
  (_name, form) => {
    const redacted = redactSecrets(`before ${form} after`, [CANARY]);

    expect(leaksIn(redacted, [CANARY])).toEqual([]);
    expect(redacted).toMatch(/^before .*\[REDACTED\].* after$/s);
  },
);

it.each([
  ['HTML-escaped', 'k&lt;e&amp;y&quot;-1234', 'k<e&y"-1234'],
  ['trimmed', 'pasted-key', 'pasted-key\n'],
  ['with escaped slashes', 'a\\/b\\/c-1234', 'a/b/c-1234'],
])('cuts out a secret %s', (_how, form, secret) => {
  expect(redactSecrets(`x ${form} y`, [secret])).toBe('x [REDACTED] y');
});

const MAC = createHmac('sha256', 'key').update('request').digest();

it.each([
  ['a bearer token', 'Authorization: Bearer abc.d3f-ghi_jkl', 'Authorization: [REDACTED]'],
  ['basic credentials', 'sent Basic dXNlcjpwYXNzd29yZA== to', 'sent [REDACTED] to'],
  [
    'a signature in hex',
    `(provided: ${MAC.toString('hex')}, calculated: ${'0f'.repeat(32)})`,
    '(provided: [REDACTED], calculated: [REDACTED])',
  ],
  ['a signature in base64', `got ${MAC.toString('base64')}.`, 'got [REDACTED].'],
  ['a MAC attribute', 'Hawk id="x", mac="AAAABBBBCCCCDDDD=", ext="y"', 'Hawk id="x", [REDACTED]", ext="y"'],
])('cuts out what looks like %s, whoever made it', (_what, text, redacted) => {
  expect(redactSecrets(text, [])).toBe(redacted);
});

it.each([
  ['ordinary words', 'Bad signature: expired. Bearer authentication is required; the hash differs.'],
  ['an id', 'Organization 0f1e2d3c4b5a69788796a5b4 not found (request a0cd8f1d-0000-4000-8000-00f8ea99dbf5)'],
  ['a longer hex text', 'ab'.repeat(40)],
])('leaves %s', (_what, text) => {
  expect(redactSecrets(text, [])).toBe(text);
});

it('ignores secrets that are too short to be told from text', () => {
  expect(redactSecrets('a cat sat', ['', 'a', 'cat'])).toBe('a cat sat');
});

it('cuts out a secret of a megabyte, and each of thousands', () => {
  const huge = 'x'.repeat(1024 * 1024);
  const many = Array.from({ length: 5_000 }, (_, index) => `secret-number-${index}-of-many`);

  const redacted = redactSecrets(`a ${huge} b ${many[0] ?? ''} c ${many[4_999] ?? ''} d`, [huge, ...many]);

  expect(redacted).toBe('a [REDACTED] b [REDACTED] c [REDACTED] d');
});

it('prefers the longer of two secrets that overlap', () => {
  expect(redactSecrets('key-12345678', ['key-1234', 'key-12345678'])).toBe('[REDACTED]');
});

it('leaves no form of any secret in any text', () => {
  const secret = fc.string({ minLength: 8, maxLength: 60, unit: 'binary' });
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), fc.nat(), (canary, before, after, which) => {
      const forms = Object.values(secretForms(canary)).filter((form) => form.length >= 8);
      const form = forms[which % forms.length] ?? canary;

      const redacted = redactSecrets(`${before}${form}${after}`, [canary]);

      expect(redacted.includes(form)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('changes nothing in texts without a secret', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 30 }), (text) => {
      expect(redactSecrets(text, ['no-such-secret-0123'])).toBe(text);
    }),
  );
});
