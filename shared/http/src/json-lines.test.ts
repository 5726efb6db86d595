import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonLineSplitter, LineFault, type JsonLine } from './json-lines.js';

function split(pieces: readonly (string | Buffer)[], maxLineBytes = 1_000_000): JsonLine[] {
  const splitter = new JsonLineSplitter(maxLineBytes);
  const lines = pieces.flatMap((piece) => [...splitter.push(Buffer.from(piece))]);
  const last = splitter.end();
  return last === undefined ? lines : [...lines, last];
}

function faultOf(pieces: readonly (string | Buffer)[], maxLineBytes?: number): unknown {
  try {
    split(pieces, maxLineBytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof LineFault)) throw error;
    const { fault, lineNumber, byteOffset } = error;
    return { fault, lineNumber, byteOffset };
  }
}

function inPieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

const line = (value: unknown, lineNumber: number, byteOffset: number): JsonLine => ({ value, lineNumber, byteOffset });

it.each([
  ['nothing', '', []],
  ['one line', '{"a":1}\n', [line({ a: 1 }, 1, 0)]],
  ['a last line without a line feed', '1\n2', [line(1, 1, 0), line(2, 2, 2)]],
  ['CRLF', '1\r\n2\r\n', [line(1, 1, 0), line(2, 2, 3)]],
  ['blank lines, which count', '\n\r\n1\n \t\n2\n\n', [line(1, 3, 3), line(2, 5, 8)]],
  ['a byte-order mark', '\ufeff1\n2\n', [line(1, 1, 0), line(2, 2, 5)]],
  ['a byte-order mark alone', '\ufeff', []],
  ['blanks around a value', ' 1 \n', [line(1, 1, 0)]],
  ['characters of several bytes', '"é"\n"\u{1f600}"\n', [line('é', 1, 0), line('\u{1f600}', 2, 5)]],
  ['a line feed that is escaped', '"a\\nb"\n', [line('a\nb', 1, 0)]],
  ['a __proto__ key', '{"__proto__":{"x":1}}\n', [line(JSON.parse('{"__proto__":{"x":1}}'), 1, 0)]],
])('splits %s', (_what, text, lines) => {
  expect(split([text])).toEqual(lines);
});

it.each([1, 2, 3, 5, 7])('finds the same lines in pieces of %i bytes', (size) => {
  const text = '\ufeff{"a":"é"}\r\n\n[1,2,"\u{1f600}"]\n{"last":true}';

  const lines = split(inPieces(Buffer.from(text), size));

  expect(lines).toEqual([line({ a: 'é' }, 1, 0), line([1, 2, '\u{1f600}'], 3, 16), line({ last: true }, 4, 29)]);
});

it.each([
  ['a line that is not JSON', ['1\n', '{"a":\n'], { fault: 'malformed', lineNumber: 2, byteOffset: 2 }],
  ['a byte-order mark in a later line', ['1\n\ufeff2\n'], { fault: 'malformed', lineNumber: 2, byteOffset: 2 }],
  ['two values in a line', ['{}{}\n'], { fault: 'malformed', lineNumber: 1, byteOffset: 0 }],
  ['a last line that is cut', ['1\n', '{"a":'], { fault: 'unfinished', lineNumber: 2, byteOffset: 2 }],
])('refuses %s', (_what, pieces, fault) => {
  expect(faultOf(pieces)).toEqual(fault);
});

it.each([
  ['at the limit', ['"345678"\n'], undefined],
  ['at the limit in pieces', ['"345', '678"', '\n'], undefined],
  ['at the limit without a line feed', ['"345678"'], undefined],
  ['over the limit', ['1\n"3456789"\n'], { fault: 'too-long', lineNumber: 2, byteOffset: 2 }],
  ['over the limit in pieces', ['1\n"345', '6789"\n'], { fault: 'too-long', lineNumber: 2, byteOffset: 2 }],
  ['over the limit before its end is there', ['1\n"34567', '89a'], { fault: 'too-long', lineNumber: 2, byteOffset: 2 }],
])('holds a line of 8 bytes at most: %s', (_what, pieces, fault) => {
  expect(faultOf(pieces, 8)).toEqual(fault);
});

it('finds the same lines however the bytes are cut', () => {
  const document = fc.array(fc.tuple(fc.jsonValue(), fc.constantFrom('\n', '\r\n', '\n\n', '\n \n')), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(document, fc.array(fc.nat(300)), fc.boolean(), (lines, cuts, endsOpen) => {
      const text = lines.map(([value, end]) => JSON.stringify(value) + end).join('');
      const bytes = Buffer.from(endsOpen ? text.trimEnd() : text);
      const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const pieces = borders.slice(1).map((border, at) => bytes.subarray(borders[at], border));

      const found = split(pieces);

      expect(found.map(({ value }) => value)).toEqual(
        lines.map(([value]) => JSON.parse(JSON.stringify(value)) as unknown),
      );
      expect(found).toEqual(split([bytes]));
      for (const { value, byteOffset } of found) {
        const end = bytes.indexOf('\n', byteOffset);
        const own = bytes.toString('utf8', byteOffset, end === -1 ? bytes.length : end);
        expect(JSON.parse(own)).toEqual(value);
      }
    }),
  );
});

it('finds a fault in every document of objects that is cut within a line', () => {
  const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(records, fc.nat(), (values, at) => {
      const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
      const cut = at % bytes.length;
      const isBorder = cut === 0 || bytes[cut - 1] === 0x0a || bytes[cut] === 0x0a;

      expect(faultOf([bytes.subarray(0, cut)]) === undefined).toBe(isBorder);
    }),
  );
});
