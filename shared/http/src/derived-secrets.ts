const CREDENTIAL_HEADER = /authorization|auth$|signature|token|key|secret|cookie/i;

/**
 * What must not be repeated of the headers that a scheme has made: their values, and the signature or token in them.
 *
 * @param signed the headers that {@link AuthScheme.sign} returned
 */
export function derivedSecrets(signed: Readonly<Record<string, string>>): string[] {
  return Object.entries(signed)
    .filter(([name]) => CREDENTIAL_HEADER.test(name))
    .flatMap(([, value]) => [value, ...credentialsIn(value)]);
}

function credentialsIn(value: string): string[] {
  const attributes = [...value.matchAll(/\b(?:mac|hash|signature)="?([\w+/=-]+)/gi)].flatMap(([, part]) => part ?? []);
  const token = /^\w+ (\S+)$/.exec(value)?.[1];
  return token === undefined ? attributes : [...attributes, token];
}
