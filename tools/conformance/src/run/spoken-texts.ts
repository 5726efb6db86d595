import { inspect } from 'node:util';
import { vi } from 'vitest';

/** Everything that is said while it listens: all that is printed, and what it is told. */
export class SpokenTexts {
  readonly #texts: string[] = [];
  readonly #spies;

  constructor() {
    const capture = (chunk: unknown): boolean => {
      this.#texts.push(String(chunk));
      return true;
    };
    this.#spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(capture),
    );
  }

  get text(): string {
    return this.#texts.join('\n');
  }

  /** Adds a value in every form in which somebody may come to show it. */
  add(value: unknown): void {
    if (value instanceof Error) this.#texts.push(value.message, value.stack ?? '');
    this.#texts.push(inspect(value, { depth: 20, showHidden: true }), JSON.stringify({ value }));
  }

  stop(): void {
    for (const spy of this.#spies) spy.mockRestore();
  }
}
