import { describe, expect, it } from 'vitest';
import { defineSimulator } from './kit/define-simulator.js';
import type { Simulator } from './kit/simulator.js';
import { serveCommand } from './serve-arguments.js';
import type { ServeRequest } from './serve-arguments.js';

const definitions = {
  acme: defineSimulator({
    vendor: 'acme',
    title: 'Acme API',
    defaults: { users: 10, strict: true, label: 'none' },
    optionHelp: { users: 'How many users.', strict: 'Whether it is strict.', label: 'What it is called.' },
    serve: async () => ({}) as Simulator,
  }),
  bolt: defineSimulator({
    vendor: 'bolt',
    title: 'Bolt API',
    defaults: { nuts: 3 },
    optionHelp: { nuts: 'How many nuts.' },
    serve: async () => ({}) as Simulator,
  }),
};

async function parse(...args: readonly string[]): Promise<readonly ServeRequest[]> {
  let seen: readonly ServeRequest[] = [];
  const command = serveCommand(definitions, async (requests) => {
    seen = requests;
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args, { from: 'user' });
  return seen;
}

describe('serve', () => {
  it('serves all simulators on free ports unless told otherwise', async () => {
    expect(await parse()).toEqual([
      { vendor: 'acme', options: {} },
      { vendor: 'bolt', options: {} },
    ]);
  });

  it('serves the chosen ones, each once, on ports in a row', async () => {
    expect(await parse('bolt', 'acme', 'bolt', '--port', '9000')).toEqual([
      { vendor: 'bolt', options: { port: 9_000 } },
      { vendor: 'acme', options: { port: 9_001 } },
    ]);
    expect(await parse('bolt', 'acme', '--port', '0')).toEqual([
      { vendor: 'bolt', options: { port: 0 } },
      { vendor: 'acme', options: { port: 0 } },
    ]);
  });

  it('gives latency and seed to all, and settings to their simulator, in the type of the option', async () => {
    const requests = await parse(
      '--latency-ms=20',
      '--seed',
      '7',
      '--set',
      'acme.users=1000',
      '--set=acme.strict=false',
      '--set=acme.label=a=b c',
      '--set=bolt.nuts=0.5',
    );

    expect(requests).toEqual([
      { vendor: 'acme', options: { latencyMs: 20, seed: 7, users: 1_000, strict: false, label: 'a=b c' } },
      { vendor: 'bolt', options: { latencyMs: 20, seed: 7, nuts: 0.5 } },
    ]);
  });

  it('leaves a value of the wrong type to the simulator, which says what it expects', async () => {
    const [acme] = await parse('--set=acme.users=many', '--set=acme.strict=perhaps', '--set=acme.nothing=1');

    expect(acme?.options).toEqual({ users: Number.NaN, strict: 'perhaps', nothing: '1' });
    await expect(definitions.acme.start(acme?.options)).rejects.toThrow(
      'acme simulator option "users": expected a number of at least 0.',
    );
  });

  it.each([
    [['nobody'], 'There is no simulator for "nobody". There are: acme, bolt.'],
    [['__proto__'], 'There is no simulator for "__proto__". There are: acme, bolt.'],
    [['--set', 'users=3'], '--set "users=3": write vendor.option=value, e.g. threatstack.agents=1000.'],
    [['--set', 'nobody.users=3'], '--set "nobody.users=3": write vendor.option=value, e.g. threatstack.agents=1000.'],
    [['bolt', '--set', 'acme.users=3'], '--set is for acme, which is not to be served.'],
    [['--port', 'x'], "error: option '--port <port>' argument 'x' is invalid. It must be a whole number."],
    [['--latency-ms', '-1'], "error: option '--latency-ms <ms>' argument '-1' is invalid. It must be a whole number."],
  ])('refuses %j', async (args, message) => {
    await expect(parse(...args)).rejects.toThrow(message);
  });

  it('lists the options of each simulator with their defaults in its help', async () => {
    let help = '';
    const command = serveCommand(definitions, async () => undefined);
    command.exitOverride().configureOutput({ writeOut: (text) => (help += text) });

    await expect(command.parseAsync(['--help'], { from: 'user' })).rejects.toThrow('(outputHelp)');

    expect(help).toContain('Acme API:\n  acme.users=10\n      How many users.\n  acme.strict=true\n');
    expect(help).toContain('Bolt API:\n  bolt.nuts=3\n');
  });
});
