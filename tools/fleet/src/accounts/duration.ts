const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text such as `30s`, `5m`, `2h`; undefined for any other text. */
export function durationMs(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^([1-9]\d*)([smh])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(amount) * unitMs;
}
