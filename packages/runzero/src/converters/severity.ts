/** runZero's severities, mildest first. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The severity that a text names in any case, undefined for others. */
export function severityOf(text: string | undefined): Severity | undefined {
  const word = text?.trim().toLowerCase();
  return SEVERITIES.find((severity) => severity === word);
}

/** Whether a severity reaches a minimum. What has none that we know is not held back. */
export function reaches(minimum: Severity, severity: Severity | undefined): boolean {
  return severity === undefined || SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimum);
}
