/** The words of an identifier as lodash's snakeCase, which the SDK uses, sees them: capitalized, acronym, 1st, number. */
const WORDS = new RegExp(
  [
    '[A-Z]?[a-z]+(?![a-z])',
    '[A-Z]+(?![a-z])',
    '\\d*(?:1ST|2ND|3RD|(?![123])\\dTH)(?=\\b|[a-z_])',
    '\\d*(?:1st|2nd|3rd|(?![123])\\dth)(?=\\b|[A-Z_])',
    '\\d+',
  ].join('|'),
  'g',
);

/**
 * The environment variable of a vendor's config field, by the rule that the SDK applies to fields.
 *
 * @example
 * import { environmentVariable } from '@vendor-graph/integration';
 * environmentVariable('runzero', 'accountAPIKey'); // => 'RUNZERO_ACCOUNT_API_KEY'
 */
export function environmentVariable(vendor: string, field: string): string {
  return `${upperSnake(vendor)}_${upperSnake(field)}`;
}

function upperSnake(name: string): string {
  return (name.match(WORDS) ?? []).join('_').toUpperCase();
}
