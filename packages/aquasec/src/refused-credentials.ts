import type { HttpError } from '@vendor-graph/http';

/** Aqua does not say how far a clock may be off; a difference below this is not worth a word. */
const NOTABLE_CLOCK_DIFFERENCE_MS = 60_000;

const WHAT_TO_CHECK = [
  'Aqua does not say why, so check each:',
  'AQUASEC_API_KEY and AQUASEC_API_SECRET belong together and the key is enabled (Aqua console, CSPM > API Keys);',
  'AQUASEC_REGION is the region of your console (a key works in its own region only);',
  'the key has no IP restriction that leaves out this machine (API Keys > the key > IP addresses);',
  'AQUASEC_ACCOUNT_ID is the account of the key.',
].join(' ');

/** What to tell a user whose credentials were refused: the clock, when it is to blame, otherwise all that it can be. */
export function credentialHelp({ clockDifferenceMs = 0 }: HttpError): string {
  if (Math.abs(clockDifferenceMs) <= NOTABLE_CLOCK_DIFFERENCE_MS) return WHAT_TO_CHECK;
  const seconds = Math.round(Math.abs(clockDifferenceMs) / 1000);
  const direction = clockDifferenceMs > 0 ? 'behind' : 'ahead of';
  return `The clock of this machine is ${seconds} seconds ${direction} Aqua's, and signatures hold the time: set the clock and try again.`;
}
