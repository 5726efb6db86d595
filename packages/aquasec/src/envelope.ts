/** What Aqua wraps its answers in. */
export interface Envelope {
  readonly data: unknown;
  readonly meta?: unknown;
  readonly total_count?: unknown;
}

/**
 * Whether a body is a success. The HTTP status does not say it alone: an envelope may hold an error under a 200, and a body
 * without data is not an empty list.
 */
export function isSuccess(body: unknown): body is Envelope {
  if (!isObject(body)) return false;
  const { status = 200, code = 0, data } = body;
  return (
    typeof status === 'number' && status >= 200 && status < 300 && code === 0 && data !== undefined && data !== null
  );
}

/** What an error body says: `message; error; error`. The gateway in front of the API sends a message alone. */
export function vendorMessage(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const { message, errors } = body;
  const said = [message, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].filter(isText);
  return said.length > 0 ? said.join('; ') : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
