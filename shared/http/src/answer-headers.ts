/**
 * One text per header, as RFC 9110 (5.2) combines repeated ones. Cookies are left out: they are never sent back, and a
 * session is a secret.
 */
export function answerHeaders(
  received: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name in received) {
    const value = received[name];
    if (value !== undefined && name !== 'set-cookie')
      headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
