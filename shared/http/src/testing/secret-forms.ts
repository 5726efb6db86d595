/** The forms in which a secret could leak, made independently of the code that redacts. */
export function secretForms(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret, 'utf8');
  return {
    raw: secret,
    base64: bytes.toString('base64'),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    'upper-case hex': bytes.toString('hex').toUpperCase(),
    'URL-encoded': encodeURIComponent(secret),
    'URL-encoded in lower case': encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
    'form-encoded': new URLSearchParams([['k', secret]]).toString().slice(2),
    'JSON-escaped': JSON.stringify(secret).slice(1, -1),
    'JSON-escaped twice': JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  };
}

/** The base64 text of `user:secret`, as in a header of basic authentication. */
export function base64Pair(secret: string): string {
  return Buffer.from(`user:${secret}`).toString('base64');
}

/** Which forms of the secrets occur in a text. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) =>
    Object.entries(secretForms(secret))
      .filter(([, form]) => text.includes(form))
      .map(([name]) => `${name} of ${JSON.stringify(secret)}`)
      // Without what the characters at its borders share with their neighbours.
      .concat(text.includes(base64Pair(secret).slice(8, -4)) ? [`pair of ${JSON.stringify(secret)}`] : []),
  );
}
