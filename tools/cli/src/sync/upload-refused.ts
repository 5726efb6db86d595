import { CommandError } from '../command-error.js';

/** JupiterOne did not let an upload begin. */
export class UploadRefused extends CommandError {
  /** @param code whether it said so, or did not answer. */
  constructor(
    message: string,
    readonly code: 'REFUSED' | 'UNREACHABLE',
  ) {
    super(message);
  }
}
