import type { WireRequest } from '../wire/wire-request.js';

/** Headers in which no client puts a credential. */
const PLAIN_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
]);

/** The forms in which a secret could leak. */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(forms)];
}

/**
 * What was made of secrets to sign these requests: signatures, MACs, tokens.
 *
 * @param known values that are no secret although they travel with them
 */
export function derivedSecrets(requests: readonly WireRequest[], known: readonly string[]): string[] {
  const values = requests.flatMap(({ headers }) =>
    Object.entries(headers)
      .filter(([name]) => !PLAIN_HEADERS.has(name))
      .map(([, value]) => value),
  );
  const words = values.flatMap((value) => value.match(/[\w+/=~.-]{24,}/g) ?? []);
  return [...new Set(words)].filter((word) => !known.some((value) => value.includes(word) || word.includes(value)));
}

/** Which of the secrets occur in a text, in any form. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => secretForms(secret).filter((form) => text.includes(form)));
}
