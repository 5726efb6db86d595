/** Something in an accounts file that has to be corrected, and where it stands. */
export interface AccountsProblem {
  /** From 1; undefined when the whole file is meant. */
  line?: number;
  message: string;
}

/** An accounts file cannot be used; the message names everything that is wrong with it, and never a secret. */
export class AccountsFileError extends Error {
  static override readonly name = 'AccountsFileError';

  constructor(
    readonly path: string,
    readonly problems: readonly AccountsProblem[],
  ) {
    const lines = problems.map(({ line, message }) => `- ${path}${line === undefined ? '' : `:${line}`}: ${message}`);
    super([`${path} cannot be used:`, ...lines].join('\n'));
    this.name = 'AccountsFileError';
  }
}
