import { isKitOption, settleKitOptions } from './kit-options.js';
import type { SettledKitOptions } from './kit-options.js';
import { SimulatorOptionError } from './simulator-option-error.js';
import type {
  KitOptions,
  ScalarsOf,
  Simulator,
  SimulatorDefinition,
  SimulatorOptions,
  SimulatorSamples,
} from './simulator.js';

/** What a vendor declares. Keep the module that calls `defineSimulator` light: the registry imports all of them. */
export interface SimulatorDeclaration<Options extends ScalarsOf<Options>> {
  readonly vendor: string;
  readonly title: string;
  readonly defaults: Readonly<Options>;
  /** One sentence for each option; shown by `serve --help` and in error messages. */
  readonly optionHelp: Readonly<Record<keyof Options, string>>;
  /** Values that an option of a few words may take. */
  readonly choices?: Readonly<Partial<Record<keyof Options, readonly string[]>>>;
  readonly samples?: SimulatorSamples<Options>;
  /** Serves; import the server's own modules here (`await import('./server.js')`), so that they load on demand. */
  serve(options: Readonly<Options>, kit: SettledKitOptions): Promise<Simulator>;
}

/** Makes a definition for the registry: checks the options and fills in the defaults before the vendor's code runs. */
export function defineSimulator<Options extends ScalarsOf<Options>>(
  declaration: SimulatorDeclaration<Options>,
): SimulatorDefinition<Options> {
  const { vendor, title, defaults, optionHelp, samples } = declaration;
  return Object.freeze({
    vendor,
    title,
    defaults,
    optionHelp,
    ...(samples === undefined ? {} : { samples }),
    start: async (options: Partial<Options> & KitOptions = {}) =>
      declaration.serve(settleOptions(declaration, options), settleKitOptions(options)),
  });
}

function settleOptions<Options extends ScalarsOf<Options>>(
  declaration: SimulatorDeclaration<Options>,
  given: Partial<Options> & KitOptions,
): Readonly<Options> {
  const { vendor } = declaration;
  const defaults: SimulatorOptions = { ...declaration.defaults };
  const choices: Readonly<Record<string, readonly string[] | undefined>> = { ...declaration.choices };
  const settled = { ...defaults };
  for (const [name, value] of Object.entries<unknown>(given)) {
    if (value === undefined || isKitOption(name)) continue;
    const byDefault = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (byDefault === undefined) {
      const known = Object.keys(defaults).join(', ');
      throw new SimulatorOptionError(`The ${vendor} simulator has no option "${name}". It has: ${known}.`);
    }
    settled[name] = checked(`${vendor} simulator option "${name}"`, value, byDefault, choices[name]);
  }
  // Each value was checked against the type of its default, so the settled options have the declared shape.
  return Object.freeze(settled as unknown as Options);
}

function checked(
  where: string,
  value: unknown,
  byDefault: string | number | boolean,
  choices: readonly string[] | undefined,
): string | number | boolean {
  if (typeof byDefault === 'boolean') {
    if (typeof value !== 'boolean') throw new SimulatorOptionError(`${where}: expected true or false.`);
    return value;
  }
  if (typeof byDefault === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new SimulatorOptionError(`${where}: expected a number of at least 0.`);
    }
    return value;
  }
  if (typeof value !== 'string' || (choices !== undefined && !choices.includes(value))) {
    throw new SimulatorOptionError(`${where}: expected ${choices?.join(', ') ?? 'a text'}.`);
  }
  return value;
}
