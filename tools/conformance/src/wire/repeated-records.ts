import { rewritten } from './wire-faults.js';

/** Lists end with their first record once more. */
export const repeatedRecords = rewritten((text) => {
  const lines = text.split('\n').filter((line) => line !== '');
  // JSON lines come as lines; anything else as one text.
  if (lines.length > 1 && lines.every(isObjectText)) return `${[...lines, lines[0]].join('\n')}\n`;
  const value = parsed(text);
  return value === undefined ? text : JSON.stringify(withRepetition(value));
});

/** The list may be the answer, or a part of it. */
function withRepetition(value: unknown): unknown {
  if (Array.isArray(value)) return isListOfRecords(value) ? [...(value as unknown[]), value[0]] : (value as unknown[]);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [
      name,
      Array.isArray(part) && isListOfRecords(part) ? [...(part as unknown[]), part[0]] : part,
    ]),
  );
}

function isListOfRecords(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((one) => typeof one === 'object' && one !== null);
}

function isObjectText(line: string): boolean {
  const value = parsed(line);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
