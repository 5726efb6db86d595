import { execFileSync } from 'node:child_process';

/** An address here, and the one at the other end of its cable. */
interface Cable {
  /** Name of the end in the namespace. */
  farEnd: string;
  farAddress: string;
}

/**
 * A network namespace with two cables to it. What runs in there is reached by two addresses; one of the cables can be
 * cut, and then nothing passes and nobody is told, as on a real network.
 */
export class TestNetwork {
  readonly #name = `vgf${process.pid}`;
  readonly #cables: readonly [Cable, Cable];

  /** @throws Error that says what is missing where namespaces cannot be made. */
  constructor() {
    try {
      ip('netns', 'add', this.#name);
      this.#cables = [this.#lay(0), this.#lay(1)];
    } catch (error) {
      this.close();
      const reason = error instanceof Error ? error.message : 'unknown error';
      throw new Error(
        `This test makes a network namespace, which needs root with CAP_NET_ADMIN and CAP_SYS_ADMIN, and Debian's package iproute2: ${reason}`,
        { cause: error },
      );
    }
  }

  /** The address behind the cable that stays. */
  get steadyAddress(): string {
    return this.#cables[0].farAddress;
  }

  /** The address behind the cable that is cut. */
  get cutAddress(): string {
    return this.#cables[1].farAddress;
  }

  /** The command that starts another one in the namespace. */
  get enter(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name];
  }

  /** Down at the far end: this end keeps its address and its routes, and packets get lost. */
  cut(): void {
    ip('-n', this.#name, 'link', 'set', this.#cables[1].farEnd, 'down');
  }

  mend(): void {
    ip('-n', this.#name, 'link', 'set', this.#cables[1].farEnd, 'up');
  }

  /** Takes everything away again; cables go with the namespace. */
  close(): void {
    try {
      ip('netns', 'del', this.#name);
    } catch {
      // It was never made.
    }
  }

  /** Addresses of a link, in a corner of them that differs from run to run. */
  #lay(index: 0 | 1): Cable {
    const corner = `169.254.${1 + (process.pid % 160)}`;
    const [nearEnd, farEnd] = [`${this.#name}n${index}`, `${this.#name}f${index}`];
    const [nearAddress, farAddress] = [`${corner}.${4 * index + 1}`, `${corner}.${4 * index + 2}`];
    ip('link', 'add', nearEnd, 'type', 'veth', 'peer', 'name', farEnd, 'netns', this.#name);
    ip('addr', 'add', `${nearAddress}/30`, 'dev', nearEnd);
    ip('link', 'set', nearEnd, 'up');
    ip('-n', this.#name, 'addr', 'add', `${farAddress}/30`, 'dev', farEnd);
    ip('-n', this.#name, 'link', 'set', farEnd, 'up');
    return { farEnd, farAddress };
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
