import { Command, InvalidArgumentError } from 'commander';
import type { AnySimulatorDefinition, KitOptions, SimulatorOptions } from './kit/simulator.js';

/** What `serve` was asked for: which simulators, each with its options. */
export interface ServeRequest {
  readonly vendor: string;
  readonly options: KitOptions & SimulatorOptions;
}

type Definitions = Readonly<Record<string, AnySimulatorDefinition>>;

/** The command line of `serve`; `run` gets what it asks for. Commander itself answers --help and wrong options. */
export function serveCommand(
  definitions: Definitions,
  run: (requests: readonly ServeRequest[]) => Promise<void>,
): Command {
  const vendors = Object.keys(definitions);
  return new Command('serve')
    .description('Serves the simulators on 127.0.0.1 until Ctrl-C, and prints how to reach them.')
    .argument('[vendors...]', `which ones: ${vendors.join(', ')} (default: all)`)
    .option('--port <port>', 'port of the first simulator, the others follow it (default: free ports)', wholeNumber)
    .option('--seed <number>', 'same seed, same data (default: 1)', wholeNumber)
    .option('--latency-ms <ms>', 'time that passes before each answer (default: 0)', wholeNumber)
    .option('--set <vendor.option=value>', 'sets an option of a simulator; may be repeated', collect)
    .addHelpText('after', () => `\n${optionTable(definitions)}`)
    .action(async (chosen: string[], flags: Flags) => {
      await run(serveRequests(definitions, chosen, flags));
    });
}

interface Flags {
  readonly port?: number;
  readonly seed?: number;
  readonly latencyMs?: number;
  readonly set?: readonly string[];
}

function serveRequests(definitions: Definitions, chosen: readonly string[], flags: Flags): ServeRequest[] {
  const unknown = chosen.find((vendor) => !Object.hasOwn(definitions, vendor));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `There is no simulator for "${unknown}". There are: ${Object.keys(definitions).join(', ')}.`,
    );
  }
  const vendors = chosen.length === 0 ? Object.keys(definitions) : [...new Set(chosen)];
  const settings = (flags.set ?? []).map((setting) => parsedSetting(definitions, setting));
  const missing = settings.find(({ vendor }) => !vendors.includes(vendor));
  if (missing !== undefined)
    throw new InvalidArgumentError(`--set is for ${missing.vendor}, which is not to be served.`);
  return vendors.map((vendor, index) => ({
    vendor,
    options: {
      ...(flags.port === undefined ? {} : { port: flags.port === 0 ? 0 : flags.port + index }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.latencyMs === undefined ? {} : { latencyMs: flags.latencyMs }),
      ...Object.fromEntries(
        settings.filter((setting) => setting.vendor === vendor).map(({ name, value }) => [name, value]),
      ),
    },
  }));
}

/** `threatstack.agents=1000`; the type of the value is that of the option's default. */
function parsedSetting(
  definitions: Definitions,
  setting: string,
): { vendor: string; name: string; value: string | number | boolean } {
  const [, vendor = '', name = '', text = ''] = /^([\w-]+)\.(\w+)=(.*)$/s.exec(setting) ?? [];
  const definition = Object.hasOwn(definitions, vendor) ? definitions[vendor] : undefined;
  if (definition === undefined) {
    throw new InvalidArgumentError(`--set "${setting}": write vendor.option=value, e.g. threatstack.agents=1000.`);
  }
  const byDefault = Object.hasOwn(definition.defaults, name) ? definition.defaults[name] : undefined;
  if (typeof byDefault === 'number') return { vendor, name, value: text.trim() === '' ? Number.NaN : Number(text) };
  if (typeof byDefault === 'boolean' && (text === 'true' || text === 'false'))
    return { vendor, name, value: text === 'true' };
  return { vendor, name, value: text };
}

function optionTable(definitions: Definitions): string {
  const sections = Object.values(definitions).map(({ vendor, title, defaults, optionHelp }) => {
    const lines = Object.entries(optionHelp).map(
      ([name, help]) => `  ${vendor}.${name}=${String(defaults[name])}\n      ${help}`,
    );
    return `${title}:\n${lines.join('\n')}`;
  });
  return `Options for --set, with their defaults:\n\n${sections.join('\n\n')}\n`;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
