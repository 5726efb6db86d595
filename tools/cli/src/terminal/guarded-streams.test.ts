import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { guardStreams } from './guarded-streams.js';

function streams(): { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream } {
  return {
    stdout: new PassThrough() as unknown as NodeJS.WriteStream,
    stderr: new PassThrough() as unknown as NodeJS.WriteStream,
  };
}

function written(stream: NodeJS.WriteStream): string {
  const text = (stream as unknown as PassThrough).read() as Buffer | null;
  return text?.toString() ?? '';
}

describe('guardStreams', () => {
  it('filters the result, the messages, and what others print', async () => {
    const owner = streams();
    const guarded = guardStreams(owner, (text) => text.replaceAll('secret', '***'));

    guarded.result('result secret\n');
    guarded.message('message secret\n');
    owner.stdout.write('library secret\n');
    owner.stderr.write(Buffer.from('bytes secret\n'));
    await guarded.flush();

    expect(written(owner.stdout)).toBe('result ***\n');
    expect(written(owner.stderr)).toBe('message ***\nlibrary ***\nbytes ***\n');
  });

  it('lets whoever draws on the terminal hold messages back', () => {
    const owner = streams();
    const guarded = guardStreams(owner, (text) => text);
    const held: string[] = [];
    owner.stderr.write = ((text: string) => held.push(text)) as never;

    guarded.message('later');

    expect(held).toEqual(['later']);
    expect(written(owner.stderr)).toBe('');
  });
});
