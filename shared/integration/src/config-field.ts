/** One field of a vendor's configuration: what the SDK asks for, where a user finds the value, how it is checked. */
export interface ConfigField {
  /** The SDK knows no numbers: a number is a string with a check. */
  type: 'string' | 'boolean';
  /** True for secrets: they are masked in logs and cut from error messages. */
  mask?: boolean;
  optional?: boolean;
  /** A sentence for the user who has no value yet: "Create one under Account > API." */
  whereToFind: string;
  /** What is wrong with a (trimmed, not empty) value, without repeating it: "must be https". Undefined: nothing. */
  check?: (value: string) => string | undefined;
}

/** A description for each field of a configuration; a field is a boolean exactly where the configuration has one. */
export type ConfigFields<Config> = {
  readonly [K in keyof Config]-?: ConfigField & {
    type: [Exclude<Config[K], undefined>] extends [boolean] ? 'boolean' : 'string';
  };
};
