/** Credentials of a simulator as the variables that the command reads: `apiKey` of acme is `ACME_API_KEY`. */
export function variables(vendor: string, config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => [
      `${vendor}_${field.replaceAll(/([a-z\d])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3_$2$4')}`.toUpperCase(),
      value,
    ]),
  );
}
