/** A port that the vendor writes as number or text; 0, its word for none, and anything else that is no port: undefined. */
export function portOf(port: number | string | undefined): number | undefined {
  const number = typeof port === 'string' && port.trim() === '' ? undefined : Number(port);
  return number !== undefined && Number.isInteger(number) && number > 0 && number <= 65_535 ? number : undefined;
}
