import { HttpError } from '@vendor-graph/http';
import { describe, expect, it } from 'vitest';
import { credentialHelp } from './refused-credentials.js';

describe('credentialHelp', () => {
  it.each([
    [3_600_000, "The clock of this machine is 3600 seconds behind Aqua's"],
    [-3_600_000, "The clock of this machine is 3600 seconds ahead of Aqua's"],
    [60_001, 'The clock of this machine is 60 seconds behind'],
  ])('names the clock when it is off by %d ms', (clockDifferenceMs, words) => {
    expect(credentialHelp(refusal(clockDifferenceMs))).toContain(words);
  });

  it.each([undefined, 0, 60_000, -60_000])('names secret, region and IP restriction at %s ms', (clockDifferenceMs) => {
    const help = credentialHelp(refusal(clockDifferenceMs));

    expect(help).toContain('AQUASEC_API_SECRET');
    expect(help).toContain('AQUASEC_REGION');
    expect(help).toContain('IP restriction');
    expect(help).not.toContain('clock');
  });
});

function refusal(clockDifferenceMs: number | undefined): HttpError {
  return new HttpError('refused', {
    code: 'HTTP_STATUS',
    endpoint: 'GET https://api.example.com/v2/accounts/1',
    attempts: 1,
    retriesExhausted: false,
    status: 403,
    clockDifferenceMs,
  });
}
