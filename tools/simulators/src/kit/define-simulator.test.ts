import { describe, expect, it } from 'vitest';
import { defineSimulator } from './define-simulator.js';
import type { SettledKitOptions } from './kit-options.js';
import type { Simulator } from './simulator.js';

interface Options {
  users: number;
  strict: boolean;
  order: string;
  label: string;
}

const NO_SIMULATOR = {} as Simulator;

function define(): { start: (options?: object) => Promise<{ options: Options; kit: SettledKitOptions }> } {
  let seen: { options: Options; kit: SettledKitOptions } | undefined;
  const definition = defineSimulator<Options>({
    vendor: 'acme',
    title: 'Acme',
    defaults: { users: 10, strict: false, order: 'name', label: '' },
    optionHelp: { users: 'Users.', strict: 'Strict.', order: 'Order.', label: 'Label.' },
    choices: { order: ['name', 'age'] },
    serve: async (options, kit) => {
      seen = { options, kit };
      return NO_SIMULATOR;
    },
  });
  return {
    start: async (options) => {
      await definition.start(options);
      if (seen === undefined) throw new Error('The simulator was not started.');
      return seen;
    },
  };
}

describe('defineSimulator', () => {
  it('fills in what is not given', async () => {
    const { options, kit } = await define().start({ users: 3, strict: undefined, seed: 5 });

    expect(options).toEqual({ users: 3, strict: false, order: 'name', label: '' });
    expect(kit).toMatchObject({ port: 0, latencyMs: 0, seed: 5, pathPrefix: '' });
  });

  it('takes the system clock, moved by the offset', async () => {
    const { kit } = await define().start({ clock: { now: () => 1_000 }, clockOffsetMs: -300 });

    expect(kit.clock.now()).toBe(700);
  });

  it.each([
    [{ user: 3 }, 'The acme simulator has no option "user". It has: users, strict, order, label.'],
    [{ toString: 3 }, 'The acme simulator has no option "toString". It has: users, strict, order, label.'],
    [{ users: '3' }, 'acme simulator option "users": expected a number of at least 0.'],
    [{ users: -1 }, 'acme simulator option "users": expected a number of at least 0.'],
    [{ users: Number.NaN }, 'acme simulator option "users": expected a number of at least 0.'],
    [{ strict: 1 }, 'acme simulator option "strict": expected true or false.'],
    [{ order: 'size' }, 'acme simulator option "order": expected name, age.'],
    [{ label: 1 }, 'acme simulator option "label": expected a text.'],
    [{ port: 70_000 }, 'Simulator option "port": expected a whole number from 0 to 65535.'],
    [{ latencyMs: -1 }, 'Simulator option "latencyMs": expected a number of milliseconds of at least 0.'],
    [{ seed: Number.NaN }, 'Simulator option "seed": expected a number.'],
    [{ clockOffsetMs: Number.NaN }, 'Simulator option "clockOffsetMs": expected a number of milliseconds.'],
    [{ pathPrefix: 'gateway/' }, 'Simulator option "pathPrefix": expected a path such as /gateway.'],
  ])('rejects %j', async (options, message) => {
    await expect(define().start(options)).rejects.toMatchObject({ name: 'SimulatorOptionError', message });
  });
});
