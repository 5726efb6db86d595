/** A request as it came in. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';

/** Takes the bytes of a connection apart into requests. */
export class RequestParser {
  #received: Buffer = Buffer.alloc(0);

  /** The requests that are complete with these bytes. */
  push(piece: Buffer): WireRequest[] {
    this.#received = Buffer.concat([this.#received, piece]);
    const requests: WireRequest[] = [];
    for (let next = this.#take(); next !== undefined; next = this.#take()) requests.push(next);
    return requests;
  }

  #take(): WireRequest | undefined {
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd === -1) return undefined;
    const [requestLine = '', ...lines] = this.#received.toString('latin1', 0, headEnd).split('\r\n');
    const [method = '', target = ''] = requestLine.split(' ');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const bodyStart = headEnd + HEAD_END.length;
    const end = bodyStart + Number(headers['content-length'] ?? 0);
    if (this.#received.length < end) return undefined;
    const body = this.#received.subarray(bodyStart, end);
    this.#received = this.#received.subarray(end);
    return { method, target, path: target.split('?', 1)[0] ?? '', headers, body };
  }
}
