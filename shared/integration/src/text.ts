/**
 * A vendor's text without the white space around it; undefined when nothing is left.
 *
 * @example
 * import { text } from '@vendor-graph/integration';
 * text('  a '); // => 'a'
 * text('   '); // => undefined
 */
export function text(value: string | null | undefined): string | undefined {
  const content = value?.trim();
  return content === '' ? undefined : content;
}
