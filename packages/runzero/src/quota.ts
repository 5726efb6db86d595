/** What the console says about the daily quota of the account. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
}

/** Below this share of the limit the user is warned: other tools use the same quota. */
const LOW_SHARE = 0.1;

/** Reads the usage headers that come with answers to account keys; undefined when they are missing or no numbers. */
export function quotaOf(headers: Readonly<Record<string, string>>): Quota | undefined {
  const limit = count(headers['x-api-usage-limit']);
  const remaining = count(headers['x-api-usage-remaining']);
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

/** Whether little of the quota is left. */
export function isLow({ limit, remaining }: Quota): boolean {
  return remaining < limit * LOW_SHARE;
}

/** Whether a refusal means that nothing is left of the day's quota, so that waiting does not help. */
export function isUsedUp(answer: { status: number; headers: Readonly<Record<string, string>> }): boolean {
  return answer.status === 429 && count(answer.headers['x-api-usage-remaining']) === 0;
}

function count(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined;
}
