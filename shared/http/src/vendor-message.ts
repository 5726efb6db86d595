/** Where vendors put the sentence that says what was wrong, the most telling first. */
const MESSAGE_FIELDS = ['message', 'error', 'detail', 'title'] as const;

/**
 * Finds what the vendor says in an error body: the first of `message`, `error`, `detail`, `title` that is a text,
 * followed by the texts of a list `errors`; of a text or an HTML page the text.
 *
 * @param body a decoded JSON value, or the text of a body that is not JSON
 */
export function vendorMessageOf(body: unknown): string | undefined {
  if (typeof body === 'string') return isHtml(body) ? htmlMessage(body) : nonEmpty(body);
  if (typeof body !== 'object' || body === null) return undefined;
  const record = body as Readonly<Record<string, unknown>>;
  const first = MESSAGE_FIELDS.map((field) => messageIn(record[field])).find((text) => text !== undefined);
  const errors = Array.isArray(record['errors']) ? record['errors'].map(messageIn) : [];
  const texts = new Set([first, ...errors].filter((text) => text !== undefined));
  return nonEmpty([...texts].join('; '));
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return nonEmpty(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Readonly<Record<string, unknown>>;
  const field = MESSAGE_FIELDS.find((name) => typeof record[name] === 'string');
  return field === undefined ? undefined : nonEmpty(String(record[field]));
}

function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)/i.test(text);
}

/** The title of an error page says what its body repeats at length. */
function htmlMessage(page: string): string | undefined {
  const title = /<title[^>]*>([^<]*)</i.exec(page)?.[1];
  return nonEmpty(title ?? '') ?? nonEmpty(page.replace(/<[^>]*>/g, ' '));
}

function nonEmpty(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}
