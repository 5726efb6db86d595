/** The API says 0 for a time that it does not know. */
export function millis(seconds: number): number | undefined {
  return seconds === 0 ? undefined : seconds * 1_000;
}

/** An empty text says nothing. */
export function text(content: string | null | undefined): string | undefined {
  return content === null || content === '' ? undefined : content;
}
