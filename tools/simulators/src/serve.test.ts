import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../dist/serve.js', import.meta.url));

function serve(...args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function exitCode(child: ReturnType<typeof serve>): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the serve program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, then ends well', async (signal) => {
    const child = serve('threatstack', 'runzero', '--set=threatstack.apiKey=two words');
    const ended = exitCode(child);
    let output = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      output += chunk.toString();
      if (output.includes('Serving until Ctrl-C')) break;
    }
    const [, baseUrl = ''] = /^THREATSTACK_API_BASE_URL=(.*)$/m.exec(output) ?? [];

    const answer = await request(`${baseUrl}/v2/agents`);
    await answer.body.dump();
    child.kill(signal);

    expect(answer.statusCode).toBe(401);
    expect(output).toContain("\nTHREATSTACK_API_KEY='two words'\n");
    expect(output).toMatch(/^RUNZERO_API_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/api\/v1\.0$/m);
    expect(await ended).toBe(0);
  });

  it('says in one line which port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;

    const child = serve('threatstack', `--port=${port}`);
    const [code, complaint] = await Promise.all([exitCode(child), text(child.stderr)]);
    holder.close();

    expect(code).toBe(1);
    expect(complaint).toBe(`listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
  });

  it('says in one line what is wrong with an argument', async () => {
    const child = serve('threatstack', '--set=threatstack.agents=many');
    const [code, complaint] = await Promise.all([exitCode(child), text(child.stderr)]);

    expect(code).toBe(1);
    expect(complaint).toBe('threatstack simulator option "agents": expected a number of at least 0.\n');
  });
});
