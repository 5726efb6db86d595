import { describe, expect, it } from 'vitest';
import { jsonLines } from './json-lines.js';

async function textOf(records: Parameters<typeof jsonLines>[0]): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of jsonLines(records) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('jsonLines', () => {
  it.each([
    [[], ''],
    [[{ a: 1 }], '{"a":1}\n'],
    [[{ a: 'é\n' }, null, [1]], '{"a":"é\\n"}\nnull\n[1]\n'],
    [['{"ready":true}', '{broken', ''], '{"ready":true}\n{broken\n\n'],
  ])('%j', async (records, expected) => {
    expect(await textOf(records)).toBe(expected);
  });

  it('takes asynchronous sources', async () => {
    async function* records(): AsyncGenerator<number> {
      yield 1;
      await Promise.resolve();
      yield 2;
    }

    expect(await textOf(records())).toBe('1\n2\n');
  });

  it('asks the source for little more than what was read', async () => {
    let made = 0;
    function* endless(): Generator<string> {
      for (;;) {
        made += 1;
        yield 'x'.repeat(999);
      }
    }
    const stream = jsonLines(endless());

    const first = await (stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>).next();
    stream.destroy();

    expect((first.value as Buffer).length).toBe(66_000);
    expect(made).toBeLessThanOrEqual(4 * 66);
  });

  it('fails like its source', async () => {
    function* broken(): Generator<number> {
      yield 1;
      throw new Error('no more data');
    }

    await expect(textOf(broken())).rejects.toThrow('no more data');
  });
});
