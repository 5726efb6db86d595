/** Where lodash's snakeCase, which the SDK uses, begins a new word: at capitals, acronyms and numbers. */
const WORDS = /[A-Z]?[a-z]+(?![a-z])|[A-Z]+(?![a-z])|\d+/g;

/**
 * The environment variable of a vendor's config field, by the rule that the SDK applies to fields.
 *
 * @example
 * environmentVariable('runzero', 'accountAPIKey'); // 'RUNZERO_ACCOUNT_API_KEY'
 */
export function environmentVariable(vendor: string, field: string): string {
  return `${upperSnake(vendor)}_${upperSnake(field)}`;
}

function upperSnake(name: string): string {
  return (name.match(WORDS) ?? []).join('_').toUpperCase();
}
