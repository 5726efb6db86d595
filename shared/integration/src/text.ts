/** A vendor's text without the white space around it; undefined when nothing is left. */
export function text(value: string | null | undefined): string | undefined {
  const content = value?.trim();
  return content === '' ? undefined : content;
}
