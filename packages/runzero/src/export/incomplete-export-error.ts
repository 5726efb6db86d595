/** An organization's export came to its end, but what it held cannot be all that there is. */
export class IncompleteExportError extends Error {
  override readonly name = 'IncompleteExportError';

  /** @param endpoint method and path of the export */
  constructor(
    message: string,
    readonly endpoint: string,
  ) {
    super(message);
  }
}
