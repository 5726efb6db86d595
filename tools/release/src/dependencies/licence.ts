/** The forms in which packages have stated their licence over the years. */
export interface StatesLicence {
  readonly license?: unknown;
  readonly licenses?: unknown;
}

/** What a package.json says of its licence, as an SPDX expression (https://spdx.org/licenses); undefined when nothing. */
export function licenceOf({ license, licenses }: StatesLicence): string | undefined {
  const stated = [license, licenses]
    .flat()
    .map((one) => (typeof one === 'object' && one !== null && 'type' in one ? one.type : one))
    .filter((one) => typeof one === 'string');
  return stated.length > 1 ? `(${stated.join(' OR ')})` : stated[0];
}

/** Whether an SPDX expression of licences is met by those that are allowed: one of those joined by OR, all joined by AND. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/\sOR\s/.test(bare)) return bare.split(/\sOR\s/).some((part) => isAllowed(part, allowed));
  return bare.split(/\sAND\s/).every((part) => allowed.has(part.trim().replace(/[()]/g, '')));
}
