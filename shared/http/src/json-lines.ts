/** One value of a JSON-lines body. */
export interface JsonLine {
  readonly value: unknown;
  /** From 1; blank lines count. */
  readonly lineNumber: number;
  /** Where the line begins in the decoded body. */
  readonly byteOffset: number;
}

/** Why a line cannot be used, and which. */
export class LineFault extends Error {
  constructor(
    readonly fault: 'malformed' | 'unfinished' | 'too-long',
    readonly lineNumber: number,
    readonly byteOffset: number,
  ) {
    super(fault);
  }
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Splits bytes into lines and parses each as JSON ([JSON lines](https://jsonlines.org/)). Lines end with LF or CRLF, the
 * last one may end with the body; blank lines and a byte-order mark are skipped. Bytes are decoded per line, so a
 * character that is spread over two pieces stays whole. Only the line in work is held.
 *
 * @param maxLineBytes a longer line is a fault
 */
export class JsonLineSplitter {
  /** The pieces of a line that is not complete yet. */
  #begun: Buffer[] = [];
  #begunBytes = 0;
  #lineNumber = 1;
  #lineStart = 0;

  constructor(private readonly maxLineBytes: number) {}

  /**
   * The lines that end in this piece.
   *
   * @throws LineFault
   */
  *push(piece: Buffer): Generator<JsonLine, void, undefined> {
    let from = 0;
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, from)) {
      const bytes = this.#begunBytes + end - from;
      if (bytes > this.maxLineBytes) throw this.#fault('too-long');
      const line = this.#begunBytes === 0 ? this.#parse(piece, from, end) : this.#parseBegun(piece.subarray(from, end));
      if (line !== undefined) yield line;
      this.#lineNumber += 1;
      this.#lineStart += bytes + 1;
      from = end + 1;
    }
    if (from === piece.length) return;
    this.#begun.push(from === 0 ? piece : piece.subarray(from));
    this.#begunBytes += piece.length - from;
    if (this.#begunBytes > this.maxLineBytes) throw this.#fault('too-long');
  }

  /**
   * The last line, when no line feed ended it.
   *
   * @throws LineFault `unfinished` when it is not complete JSON
   */
  end(): JsonLine | undefined {
    if (this.#begunBytes === 0) return undefined;
    try {
      return this.#parseBegun(Buffer.alloc(0));
    } catch (error) {
      throw error instanceof LineFault && error.fault === 'malformed' ? this.#fault('unfinished') : error;
    }
  }

  #parseBegun(rest: Buffer): JsonLine | undefined {
    const line = Buffer.concat([...this.#begun, rest]);
    this.#begun = [];
    this.#begunBytes = 0;
    return this.#parse(line, 0, line.length);
  }

  /** Undefined for a blank line. */
  #parse(piece: Buffer, from: number, to: number): JsonLine | undefined {
    const end = to > from && piece[to - 1] === CR ? to - 1 : to;
    const start = this.#lineStart === 0 && hasByteOrderMark(piece, from, end) ? from + 3 : from;
    if (isBlank(piece, start, end)) return undefined;
    try {
      const value: unknown = JSON.parse(piece.toString('utf8', start, end));
      return { value, lineNumber: this.#lineNumber, byteOffset: this.#lineStart };
    } catch {
      throw this.#fault('malformed');
    }
  }

  #fault(fault: LineFault['fault']): LineFault {
    return new LineFault(fault, this.#lineNumber, this.#lineStart);
  }
}

function hasByteOrderMark(piece: Buffer, from: number, to: number): boolean {
  return to - from >= 3 && piece[from] === 0xef && piece[from + 1] === 0xbb && piece[from + 2] === 0xbf;
}

function isBlank(piece: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && (piece[at] === SPACE || piece[at] === TAB)) at += 1;
  return at === to;
}
