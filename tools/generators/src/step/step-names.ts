import type { StepOptions } from './step-options.js';

/** One name in every notation that the templates need. */
export interface StepNames {
  readonly singular: string;
  readonly plural: string;
  /** `accessKeys` */
  readonly camels: string;
  /** `accessKey` */
  readonly camel: string;
  /** `AccessKey` */
  readonly Pascal: string;
  /** `AccessKeys` */
  readonly Pascals: string;
  /** `ACCESS_KEY` */
  readonly CONSTANT: string;
  /** `access_key` */
  readonly snake: string;
  /** `access_keys` */
  readonly snakes: string;
  /** `access keys` */
  readonly words: string;
  /** `Access Key` */
  readonly Words: string;
}

/** The names of what a step fetches. */
export function stepNames({ name, singular = singularOf(name) }: StepOptions): StepNames {
  return {
    singular,
    plural: name,
    camels: camel(name),
    camel: camel(singular),
    Pascal: pascal(singular),
    Pascals: pascal(name),
    CONSTANT: snake(singular).toUpperCase(),
    snake: snake(singular),
    snakes: snake(name),
    words: name.replaceAll('-', ' '),
    Words: singular.split('-').map(capitalized).join(' '),
  };
}

function singularOf(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  return plural.endsWith('s') ? plural.slice(0, -1) : plural;
}

function pascal(name: string): string {
  return name.split('-').map(capitalized).join('');
}

function camel(name: string): string {
  const [first = '', ...others] = name.split('-');
  return first + others.map(capitalized).join('');
}

function snake(name: string): string {
  return name.replaceAll('-', '_');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
