import { createHmac, timingSafeEqual } from 'node:crypto';

/** What of a request is signed, besides the time. The query is not. */
export interface SignedRequest {
  readonly method: string;
  /** Without a gateway's prefix. */
  readonly path: string;
  readonly body: string;
}

/** Why a signature is refused, in words that the vendor does not give; undefined when it is right. */
export function signatureProblem(
  headers: Readonly<Record<string, unknown>>,
  request: SignedRequest,
  secrets: Readonly<Record<string, string>>,
  clock: { readonly nowMs: number; readonly windowSeconds: number },
): string | undefined {
  const { 'x-api-key': apiKey, 'x-timestamp': timestamp, 'x-signature': signature } = headers;
  if (typeof apiKey !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') {
    return 'The request is missing the session token. Please login.';
  }
  const secret = Object.hasOwn(secrets, apiKey) ? secrets[apiKey] : undefined;
  if (secret === undefined) return 'Unknown key.';
  if (!/^\d+$/.test(timestamp)) return 'Malformed timestamp.';
  // Both notations are in use at this vendor: seconds have at most eleven digits.
  const sentMs = timestamp.length <= 11 ? Number(timestamp) * 1000 : Number(timestamp);
  if (Math.abs(sentMs - clock.nowMs) > clock.windowSeconds * 1000) return 'Timestamp outside the window.';
  const rightOnes = bodyForms(request.body).map((body) =>
    createHmac('sha256', secret).update(`${timestamp}${request.method}${request.path}${body}`).digest('hex'),
  );
  return rightOnes.some((right) => isSame(right, signature)) ? undefined : 'Signature mismatch.';
}

/** The server signs the body as it was sent or as compact JSON; nobody outside knows which. */
function bodyForms(body: string): string[] {
  try {
    return [body, JSON.stringify(JSON.parse(body))];
  } catch {
    return [body];
  }
}

function isSame(right: string, given: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
