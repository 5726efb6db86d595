import { rewritten } from './wire-faults.js';
import type { WireFault } from './wire-proxy.js';

/** Makes another list of records out of one that is not empty. */
export type Change = (records: readonly unknown[]) => readonly unknown[];

/** The true answers with other records: in a list, in a list in an object, in JSON lines. */
export function changedRecords(change: Change): WireFault {
  return rewritten((text) => {
    const lines = text.split('\n').filter((line) => line !== '');
    if (lines.length > 1 && lines.every(isObjectText)) {
      const records = change(lines.map((line): unknown => JSON.parse(line)));
      return records.map((record) => `${JSON.stringify(record)}\n`).join('');
    }
    const value = parsed(text);
    return value === undefined ? text : JSON.stringify(withChanges(value, change));
  });
}

function withChanges(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return isListOfRecords(value) ? change(value) : (value as unknown[]);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [name, isListOfRecords(part) ? change(part) : part]),
  );
}

function isListOfRecords(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);
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
