/**
 * One text per header, as RFC 9110 (5.2) combines repeated ones. Cookies are left out: they are never sent back, and a
 * session is a secret.
 */
export function answerHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'set-cookie' ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
