/** Something that the user can correct: the message says what is wrong and what to do. The command exits with 1. */
export class CommandError extends Error {
  static override readonly name = 'CommandError';

  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}
