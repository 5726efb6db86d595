/** The streams of a process, of which no text leaves that was not filtered. */
export interface GuardedStreams {
  /** The result of the command, to stdout. */
  result: (text: string) => void;
  /** Anything else, to stderr. */
  message: (text: string) => void;
  /** Resolves when all was written. */
  flush: () => Promise<void>;
}

/** What the guard needs of `process`. */
interface StreamOwner {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/**
 * Filters whatever this process writes, by whomever: a library that prints to the console, too. Stdout is kept for the
 * result; what others write there goes to stderr.
 */
export function guardStreams(owner: StreamOwner, filter: (text: string) => string): GuardedStreams {
  const { stdout, stderr } = owner;
  const writeOut = stdout.write.bind(stdout);
  const writeErr = stderr.write.bind(stderr);
  const guarded = ((chunk: Uint8Array | string, ...rest: []) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return writeErr(filter(text), ...rest);
  }) as typeof stderr.write;
  stdout.write = guarded;
  stderr.write = guarded;
  return {
    result: (text) => {
      writeOut(filter(text));
    },
    // By the property: whoever draws on the terminal replaces it, to keep messages out of the picture.
    message: (text) => {
      stderr.write(text);
    },
    flush: async () => {
      await Promise.all([drained(writeOut), drained(writeErr)]);
    },
  };
}

function drained(write: NodeJS.WriteStream['write']): Promise<void> {
  return new Promise((resolve) => {
    write('', () => {
      resolve();
    });
  });
}
