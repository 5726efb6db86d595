import type { Clock } from '@vendor-graph/flow-control';
import type { Redis } from 'ioredis';

type Definition = Parameters<Redis['defineCommand']>[1];

/** A connection whose rate-limit script takes its time from a clock instead of asking Redis for it. */
export function inVirtualTime(redis: Redis, clock: Clock): Redis {
  return new Proxy(redis, {
    get(target, name) {
      if (name === 'defineCommand')
        return (command: string, definition: Definition) => {
          const lua = definition.lua.replace("redis.call('TIME')", '{ARGV[5], ARGV[6]}');
          if (lua === definition.lua) throw new Error('The script asks nobody for the time.');
          target.defineCommand(command, { ...definition, lua });
        };
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'rlflxIncr') return value.bind(target) as unknown;
      return (args: readonly string[]): unknown => {
        const seconds = Math.floor(clock.now() / 1_000);
        const micros = Math.round((clock.now() % 1_000) * 1_000);
        return Reflect.apply(value, target, [[...args, String(seconds), String(micros)]]);
      };
    },
  });
}
