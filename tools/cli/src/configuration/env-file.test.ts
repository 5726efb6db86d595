import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEnvFile, readEnvFile } from './env-file.js';

describe('parseEnvFile', () => {
  it('reads any text without a failure, and no name that is not one', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^(export )?[A-Z_]{1,4} ?= ?['"`#$\\a ]{0,9}$/),
    );

    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const values = parseEnvFile(lines.join('\n'));

        expect([...values.keys()].filter((name) => !/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name))).toEqual([]);
      }),
      { seed: 20_260_115, numRuns: 500 },
    );
  });

  it('brings any secret through that is written in single quotes, whatever stands around it', () => {
    const secret = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/['\r]/.test(text));

    fc.assert(
      fc.property(secret, secret, (before, value) => {
        const values = parseEnvFile(`OTHER='${before}'\nSECRET='${value}' # comment\nLAST=1\n`);

        expect([...values]).toEqual([
          ['OTHER', before],
          ['SECRET', value],
          ['LAST', '1'],
        ]);
      }),
      { seed: 20_260_115, numRuns: 500 },
    );
  });

  it.each([
    ['a plain value', 'KEY=value', 'value'],
    ['a value with $', 'KEY=pa$s$(id)${HOME}', 'pa$s$(id)${HOME}'],
    ['a quoted value with $', 'KEY="pa$s${HOME}"', 'pa$s${HOME}'],
    ['quotes, plus, slash and equals inside', 'KEY=a"b+c/d==', 'a"b+c/d=='],
    ['a # inside a value', 'KEY=pass#word', 'pass#word'],
    ['a comment after a value', 'KEY=value # not this', 'value'],
    ['only a comment', 'KEY= # not this', ''],
    ['an empty value', 'KEY=', ''],
    ['a # inside quotes', 'KEY="a # b"', 'a # b'],
    ['a comment after quotes', "KEY='a' # b", 'a'],
    ['spaces around', '  KEY  =  value  ', 'value'],
    ['export', 'export KEY=value', 'value'],
    ['spaces kept by quotes', 'KEY="  value "', '  value '],
    ['a quote inside the same quotes', 'KEY="a"b"', 'a"b'],
    ['a backslash', String.raw`KEY=a\nb`, String.raw`a\nb`],
    ['an escaped line break in double quotes', String.raw`KEY="a\nb"`, 'a\nb'],
    ['an escaped line break in single quotes', String.raw`KEY='a\nb'`, String.raw`a\nb`],
    ['a value over two lines', 'KEY="a\nb"\nOTHER=1', 'a\nb'],
    ['a quote that is never closed', 'KEY="abc\nOTHER=1', '"abc'],
    ['Windows line ends', 'KEY=value\r\nOTHER=1\r\n', 'value'],
    ['a byte order mark', '\uFEFFKEY=value', 'value'],
    ['the last of two', 'KEY=first\nKEY=second', 'second'],
  ])('reads %s', (_what, content, expected) => {
    expect(parseEnvFile(content).get('KEY')).toBe(expected);
  });

  it('goes on after a value over several lines', () => {
    expect([...parseEnvFile('# file\n\nA="1\n2"\nnonsense\nB=3')]).toEqual([
      ['A', '1\n2'],
      ['B', '3'],
    ]);
  });
});

describe('readEnvFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'env-file-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is empty where there is no file', async () => {
    const file = await readEnvFile(join(folder, '.env'));

    expect(file.values.size).toBe(0);
    expect(file.warnings).toEqual([]);
  });

  it.each([
    [0o600, 0],
    [0o400, 0],
    [0o640, 1],
    [0o604, 1],
    [0o644, 1],
  ])('with mode %o has %i warnings', async (mode, warnings) => {
    const path = join(folder, '.env');
    await writeFile(path, 'KEY=value');
    await chmod(path, mode);

    const file = await readEnvFile(path);

    expect(file.values.get('KEY')).toBe('value');
    expect(file.warnings).toHaveLength(warnings);
    expect(file.warnings.join()).toBe(
      warnings === 0 ? '' : `${path} can be read by other users of this machine: chmod 600 ${path}`,
    );
  });

  it('fails when the file cannot be read', async () => {
    await expect(readEnvFile(folder)).rejects.toThrow('EISDIR');
  });
});
