/**
 * An example as a module that checks itself: `value; // => expected` becomes an expectation.
 *
 * @throws Error when the example says nothing about what comes out
 */
export function exampleModule(code: string): string {
  let expectations = 0;
  const lines = code.split('\n').map((line) =>
    line.replace(/^(.*?);? \/\/ => (.*)$/, (_line, value: string, expected: string) => {
      expectations += 1;
      return `expect(${value}).toEqual(${expected});`;
    }),
  );
  if (expectations === 0)
    throw new Error(`The example says nothing about what comes out (value; // => expected):\n${code}`);
  return [`import { expect } from 'vitest';`, ...lines, ''].join('\n');
}
