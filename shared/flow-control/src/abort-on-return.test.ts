import { describe, expect, it } from 'vitest';
import { abortOnReturn } from './abort-on-return.js';

describe('abortOnReturn', () => {
  it('aborts what next() waits for, before return() waits for next()', async () => {
    const controller = new AbortController();
    async function* waiting(): AsyncGenerator<number, void, undefined> {
      yield 1;
      await new Promise((resolve) => {
        controller.signal.addEventListener('abort', resolve);
      });
    }
    const generator = abortOnReturn(waiting(), controller);
    await generator.next();

    const next = generator.next();
    const end = generator.return();

    await expect(next).resolves.toEqual({ done: true, value: undefined });
    await expect(end).resolves.toEqual({ done: true, value: undefined });
  });

  it('lets a loop that breaks run the clean-up of the generator', async () => {
    const log: string[] = [];
    async function* numbers(): AsyncGenerator<number, void, undefined> {
      try {
        for (let number = 0; ; number++) yield number;
      } finally {
        log.push('cleaned up');
      }
    }

    for await (const number of abortOnReturn(numbers(), new AbortController())) {
      log.push(`number ${number}`);
      break;
    }

    expect(log).toEqual(['number 0', 'cleaned up']);
  });
});
