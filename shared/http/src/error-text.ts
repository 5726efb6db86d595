/** The sentence of an error; several attempts to connect (IPv4 and IPv6) are named together. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError) {
    const texts = error.errors.map(errorText);
    return [...new Set(texts)].join('; ');
  }
  return error instanceof Error ? error.message : 'unknown reason';
}
