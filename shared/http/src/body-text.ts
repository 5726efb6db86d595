const UTF8_BOM = '\ufeff';

/**
 * Decodes a body by the charset of its content type; UTF-8 without one, or with one that is not known.
 */
export function bodyText(body: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  const text = isUtf8(charset) ? body.toString('utf8') : decodeAs(charset, body);
  return text.startsWith(UTF8_BOM) ? text.slice(1) : text;
}

function isUtf8(charset: string): boolean {
  return charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii';
}

function decodeAs(charset: string, body: Buffer): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
}
