import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.js';

describe('csvLine', () => {
  it.each([
    [['a', 1, true, undefined, null], 'a,1,true,,\r\n'],
    [['a "b", c', 'x\ny'], '"a ""b"", c","x\ny"\r\n'],
    [[['x', 'y'], { a: 1 }], '"[""x"",""y""]","{""a"":1}"\r\n'],
    [[-5, 1.5], '-5,1.5\r\n'],
    [['=1+1'], "'=1+1\r\n"],
    [['+1', '-1', '@x'], "'+1,'-1,'@x\r\n"],
    [['  =cmd|" /C calc"!A0'], `"'  =cmd|"" /C calc""!A0"\r\n`],
    [['\t=1', '\r=1'], `'\t=1,"'\r=1"\r\n`],
  ])('writes %j as %j', (values, line) => {
    expect(csvLine(values)).toBe(line);
  });
});
