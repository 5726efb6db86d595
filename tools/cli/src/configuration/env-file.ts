import { readFile, stat } from 'node:fs/promises';

/** What an environment file says, and what there is to warn about. */
export interface EnvFile {
  path: string;
  values: ReadonlyMap<string, string>;
  warnings: readonly string[];
}

/** Somebody else than the owner may read the file. */
const READABLE_BY_OTHERS = 0o044;

/** `KEY=` or `export KEY=` at the start of a line. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*/;

/**
 * Reads an environment file; one that does not exist is empty.
 *
 * @throws what reading an existing file throws.
 */
export async function readEnvFile(path: string): Promise<EnvFile> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    // There is no such file, or not even a folder that it could be in.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return { path, values: new Map(), warnings: [] };
    throw error;
  }
  const { mode } = await stat(path);
  const exposed = process.platform !== 'win32' && (mode & READABLE_BY_OTHERS) !== 0;
  const warnings = exposed ? [`${path} can be read by other users of this machine: chmod 600 ${path}`] : [];
  return { path, values: parseEnvFile(content), warnings };
}

/**
 * The variables of an environment file, as they stand: no `$` is expanded. A value may be quoted with `'`, `"` or `` ` ``
 * and then hold line breaks; in double quotes `\n` and `\r` are line breaks. A `#` begins a comment at the start of a line,
 * after a quoted value, and in an unquoted value after a space, so that `pass#word` needs no quotes.
 */
export function parseEnvFile(content: string): Map<string, string> {
  const values = new Map<string, string>();
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const assignment = ASSIGNMENT.exec(line);
    if (assignment === null) continue;
    const [matched, key = ''] = assignment;
    const rest = line.slice(matched.length);

    const quoted = readQuoted(rest, lines, index);
    if (quoted === undefined) values.set(key, unquoted(rest));
    else {
      values.set(key, quoted.value);
      index = quoted.lastLine;
    }
  }
  return values;
}

function unquoted(text: string): string {
  return text.replace(/(?:^|[ \t]+)#.*$/, '').trim();
}

/** The quoted value that begins in `text`; undefined when there is none, or when its quote is never closed. */
function readQuoted(
  text: string,
  lines: readonly string[],
  firstLine: number,
): { value: string; lastLine: number } | undefined {
  const quote = text[0];
  if (quote === undefined || !`'"\``.includes(quote)) return undefined;
  let value = '';
  for (let line = firstLine; line < lines.length; line += 1) {
    const part = line === firstLine ? text.slice(1) : `\n${lines[line] ?? ''}`;
    const end = closingQuote(part, quote);
    if (end === undefined) {
      value += part;
      continue;
    }
    value += part.slice(0, end);
    return { value: quote === '"' ? value.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : value, lastLine: line };
  }
  return undefined;
}

/** A quote closes a value where nothing but a comment follows; elsewhere it is a part of the value. */
function closingQuote(part: string, quote: string): number | undefined {
  for (let end = part.indexOf(quote); end !== -1; end = part.indexOf(quote, end + 1))
    if (/^[ \t]*(#.*)?$/.test(part.slice(end + 1))) return end;
  return undefined;
}
