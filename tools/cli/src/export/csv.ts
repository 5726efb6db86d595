/** What a spreadsheet takes for a formula, also behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r]/;

/**
 * A line of CSV as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe in front, which
 * makes it a text there; numbers stay numbers.
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
