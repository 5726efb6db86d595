import { describe, expect, it } from 'vitest';
import { neutralize, neutralizeLine } from './neutralize.js';

describe('neutralize', () => {
  it.each([
    ['a colour sequence', 'a\u001b[31mb', String.raw`a\u001b[31mb`],
    ['a window title', '\u001b]0;root\u0007', String.raw`\u001b]0;root\u0007`],
    ['a carriage return', 'safe\revil', String.raw`safe\u000devil`],
    ['a C1 control', 'x\u009b2J', String.raw`x\u009b2J`],
    ['a right-to-left override', 'a\u202eb', String.raw`a\u202eb`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['a zero byte', 'a\u0000b', String.raw`a\u0000b`],
    ['ordinary text', 'Zürich 東京 🙂', 'Zürich 東京 🙂'],
    ['line breaks and tabs', 'a\n\tb', 'a\n\tb'],
  ])('handles %s', (_what, text, expected) => {
    expect(neutralize(text)).toBe(expected);
  });
});

describe('neutralizeLine', () => {
  it('puts a text on one line', () => {
    expect(neutralizeLine('one\n  two\r\nthree\tfour\u001b[0m')).toBe(String.raw`one two three four\u001b[0m`);
  });
});
