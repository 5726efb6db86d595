import { expect, it } from 'vitest';
import { plainText } from './plain-text.js';

it.each([
  ['several lines', 'first\r\n\tsecond', 'first second'],
  ['a terminal escape', '\u001b[31mred\u001b[0m', '[31mred [0m'],
  ['a C1 control', 'a\u009b31mb', 'a 31mb'],
  ['characters that turn the direction', 'a\u202eb\u2066c', 'a b c'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['nothing but blanks', ' \n ', ''],
  ['500 characters', 'x'.repeat(500), 'x'.repeat(500)],
  ['more than that', 'x'.repeat(501), `${'x'.repeat(499)}…`],
  ['a pair at the border', `${'x'.repeat(498)}\u{1f600}yy`, `${'x'.repeat(498)}\ufffd…`],
])('makes one printable line of %s', (_what, text, line) => {
  expect(plainText(text)).toBe(line);
});
