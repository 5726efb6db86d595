import { wellFormed } from './well-formed.js';

/** What stands where a secret was. */
const REDACTED = '[REDACTED]';

/** Shorter values cannot be told from ordinary text; no vendor issues such keys. */
const SHORTEST_SECRET = 4;
/** Characters. An engine refuses expressions that are much larger, and somebody may hand a megabyte over as a token. */
const LARGEST_EXPRESSION = 64 * 1024;
/** A shorter piece of base64 occurs by chance. */
const SHORTEST_BASE64 = 6;

/**
 * What a signature or a token looks like, whoever made it: a server may echo one that only it knows (the signature it
 * would have accepted), so the known secrets are not enough.
 */
const CREDENTIAL_SHAPES: readonly RegExp[] = [
  // With a digit: "Bearer authentication" is a word.
  /\b(?:Bearer|Basic)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}/gi,
  /\b(?:mac|tsm|hash|signature)\s*[=:]\s*\\?["']?[\w+/=-]{16,}/gi,
  // An HMAC-SHA256 in hex, in base64, in base64url.
  /(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])/g,
  /(?<![\w+/=-])[\w+/-]{43}=/g,
];

/**
 * Cuts secrets out of a text: each as it is, and in base64 (also inside a longer base64 text), hex, URL-encoded,
 * JSON-escaped and HTML-escaped form; and whatever has the shape of a signature or a bearer token.
 *
 * @param secrets values shorter than 4 characters are ignored
 *
 * @example
 * import { redactSecrets } from '@vendor-graph/http';
 * redactSecrets('no access for a-secret-key', ['a-secret-key']); // => 'no access for [REDACTED]'
 */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return redactCredentialShapes(createRedactor(secrets)(text));
}

/** Cuts out what has the shape of a signature or a bearer token. */
export function redactCredentialShapes(text: string): string {
  return CREDENTIAL_SHAPES.reduce((rest, shape) => rest.replace(shape, REDACTED), text);
}

/**
 * Cuts out the given secrets only, with the work on them done once.
 *
 * @example
 * import { createRedactor } from '@vendor-graph/http';
 * const redact = createRedactor(['a-secret-key']);
 *
 * redact('no access for a-secret-key'); // => 'no access for [REDACTED]'
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap((secret) => (secret.length < SHORTEST_SECRET ? [] : encodedForms(secret))));
  // The longest first: a form may be a part of another.
  const searched = searchedFor([...forms].sort((a, b) => b.length - a.length));
  return (text) => searched.reduce<string>((rest, one) => rest.replaceAll(one, REDACTED), text);
}

/** Few expressions for many texts, none too large to be compiled; a text that would be is searched for by itself. */
function searchedFor(texts: readonly string[]): (string | RegExp)[] {
  const huge = texts.filter((text) => text.length > LARGEST_EXPRESSION);
  const expressions: RegExp[] = [];
  let alternatives: string[] = [];
  let size = 0;
  for (const text of texts.slice(huge.length).map(escapeForRegExp)) {
    if (size + text.length > LARGEST_EXPRESSION && alternatives.length > 0) {
      expressions.push(new RegExp(alternatives.join('|'), 'g'));
      alternatives = [];
      size = 0;
    }
    alternatives.push(text);
    size += text.length;
  }
  if (alternatives.length > 0) expressions.push(new RegExp(alternatives.join('|'), 'g'));
  return [...huge, ...expressions];
}

function encodedForms(secret: string): string[] {
  const text = wellFormed(secret);
  const bytes = Buffer.from(text, 'utf8');
  const hex = bytes.toString('hex');
  const url = encodeURIComponent(text);
  const strictUrl = url.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  const urls = [url, strictUrl, form, encodeURI(text)];
  const json = JSON.stringify(text).slice(1, -1);
  const trimmed = secret.trim();
  return [
    secret,
    ...(trimmed.length < SHORTEST_SECRET ? [] : [trimmed]),
    hex,
    hex.toUpperCase(),
    ...urls,
    ...urls.map(withLowerCaseEscapes),
    json,
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    ...htmlForms(text),
    ...base64Forms(bytes),
  ];
}

function withLowerCaseEscapes(url: string): string {
  return url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

function htmlForms(secret: string): string[] {
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = escaped.replaceAll('"', '&quot;');
  return [escaped, quoted, quoted.replaceAll("'", '&#39;'), escaped.replaceAll('"', '&#34;').replaceAll("'", '&#39;')];
}

/** Inside a longer text (`user:secret`) a secret can begin at three places of a base64 group. */
function base64Forms(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const aligned = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Characters that also hold bits of what stands before or after the secret are left out.
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(from, to);
  });
  const forms = [whole, whole.replace(/=+$/, ''), ...aligned].filter((form) => form.length >= SHORTEST_BASE64);
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
