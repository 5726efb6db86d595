import { createRequire } from 'node:module';
import type * as Typebox from '@sinclair/typebox' with { 'resolution-mode': 'require' };
import { copyJson } from './copy-json.js';
import type { Static, TObject, TSchema } from './schema-type.js';

const typebox = createRequire(import.meta.url)('@sinclair/typebox') as typeof Typebox;
const Kind: typeof Typebox.Kind = typebox.Kind;
const OptionalKind: typeof Typebox.OptionalKind = typebox.OptionalKind;

/** Reads one type of record out of what a vendor sent. */
export interface RecordReader<S extends TObject> {
  /**
   * A copy of the record with the schema's fields and nothing else, recursively: it may be stored as raw data.
   * Undefined when the value is not an object, or a required field is missing or of a wrong type.
   */
  read(value: unknown): Static<S> | undefined;
}

/** Gives a copy of the value, or undefined (which JSON does not have) when it is not of the type. */
type Copy = (value: unknown) => unknown;

/**
 * A reader for records of a schema. Make it once, outside of the loop: the schema is compiled here, not per record.
 *
 * What an optional field holds of a wrong type is left out, and so are items of a list and entries of a record; a
 * required field of a wrong type makes its object unreadable. Numbers are finite, integers are safe integers.
 * `Type.Unknown()` takes any JSON that is nested up to 20 levels. Keys named `__proto__` are never copied.
 *
 * Knows String (minLength, maxLength, pattern), Number and Integer (minimum, maximum), Boolean, Null, Literal, Union,
 * Array, Object, Record with string keys, Unknown.
 *
 * @throws TypeError when the schema holds a type or a rule that it does not know.
 *
 * @example
 * import { recordReader, Type } from '@vendor-graph/integration';
 * const agents = recordReader(Type.Object({ id: Type.String({ minLength: 1 }), name: Type.Optional(Type.String()) }));
 *
 * agents.read({ id: 'a', name: 7, secret: 'x' }); // => { id: 'a' }
 * agents.read({ name: 'without an id' }); // => undefined
 */
export function recordReader<S extends TObject>(schema: S): RecordReader<S> {
  const copy = copierOf(schema, 'the record');
  return { read: (value) => copy(value) as Static<S> | undefined };
}

/** How values are copied, by typebox's name of their type, and which rules are understood besides the type itself. */
const COPIERS: Readonly<Record<string, { rules: readonly string[]; copier: (schema: TSchema, path: string) => Copy }>> =
  {
    String: { rules: ['minLength', 'maxLength', 'pattern'], copier: stringCopier },
    Number: { rules: ['minimum', 'maximum'], copier: (schema) => numberCopier(schema, Number.isFinite) },
    Integer: { rules: ['minimum', 'maximum'], copier: (schema) => numberCopier(schema, Number.isSafeInteger) },
    Boolean: { rules: [], copier: () => (value) => (typeof value === 'boolean' ? value : undefined) },
    Null: { rules: [], copier: () => (value) => (value === null ? null : undefined) },
    Literal: { rules: ['const'], copier: (schema) => valueCopier(new Set([schema['const']])) },
    Union: { rules: ['anyOf'], copier: unionCopier },
    Array: { rules: ['items'], copier: arrayCopier },
    Object: { rules: ['properties', 'required', 'additionalProperties'], copier: objectCopier },
    Record: { rules: ['patternProperties', 'additionalProperties'], copier: mapCopier },
    Unknown: { rules: [], copier: () => copyJson },
  };
const ANNOTATIONS = new Set(['type', '$id', 'title', 'description', 'examples']);

function copierOf(schema: TSchema, path: string): Copy {
  const known = COPIERS[schema[Kind]];
  if (known === undefined) throw new TypeError(`recordReader cannot read the type ${schema[Kind]} of ${path}.`);
  for (const rule of Object.keys(schema))
    if (!ANNOTATIONS.has(rule) && !known.rules.includes(rule))
      throw new TypeError(`recordReader does not check the rule "${rule}" of ${path}; leave it out of the schema.`);
  return known.copier(schema, path);
}

function stringCopier(schema: TSchema): Copy {
  const {
    minLength = 0,
    maxLength = Infinity,
    pattern,
  } = schema as Partial<Record<'minLength' | 'maxLength', number>> & {
    pattern?: string;
  };
  const expression = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value) =>
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= maxLength &&
    (expression === undefined || expression.test(value))
      ? value
      : undefined;
}

function numberCopier(schema: TSchema, isNumber: (value: unknown) => boolean): Copy {
  const { minimum = -Infinity, maximum = Infinity } = schema as Partial<Record<'minimum' | 'maximum', number>>;
  return (value) =>
    isNumber(value) && (value as number) >= minimum && (value as number) <= maximum ? value : undefined;
}

function valueCopier(values: ReadonlySet<unknown>): Copy {
  return (value) => (values.has(value) ? value : undefined);
}

function unionCopier(schema: TSchema, path: string): Copy {
  const variants = schema['anyOf'] as TSchema[];
  const copiers = variants.map((variant, index) => copierOf(variant, `${path} (variant ${index + 1})`));
  if (variants.every((variant) => variant[Kind] === 'Literal'))
    return valueCopier(new Set(variants.map((variant): unknown => variant['const'])));
  return (value) => {
    for (const copier of copiers) {
      const copy = copier(value);
      if (copy !== undefined) return copy;
    }
    return undefined;
  };
}

function arrayCopier(schema: TSchema, path: string): Copy {
  const copyItem = copierOf(schema['items'] as TSchema, `${path}[]`);
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    // A list that is pushed to takes room for 17 items from its first one on.
    const copies = value.map(copyItem);
    return copies.includes(undefined) ? copies.filter((copy) => copy !== undefined) : copies;
  };
}

function objectCopier(schema: TSchema, path: string): Copy {
  const fields = Object.entries((schema as TObject).properties).map(([name, field]) => ({
    name,
    copy: copierOf(field, `${path}.${name}`),
    optional: field[OptionalKind] === 'Optional',
    // An object without a field "constructor" still answers to the name.
    inherited: name in Object.prototype,
  }));
  return (value) => {
    if (!isObject(value)) return undefined;
    const copy: Record<string, unknown> = {};
    for (const field of fields) {
      const content = field.inherited && !Object.hasOwn(value, field.name) ? undefined : value[field.name];
      const kept = content === undefined ? undefined : field.copy(content);
      if (kept !== undefined) copy[field.name] = kept;
      else if (!field.optional) return undefined;
    }
    return copy;
  };
}

function mapCopier(schema: TSchema, path: string): Copy {
  const patterns = Object.entries(schema['patternProperties'] as Record<string, TSchema>);
  const [[pattern, entry] = ['', undefined]] = patterns;
  if (patterns.length !== 1 || pattern !== '^(.*)$' || entry === undefined)
    throw new TypeError(`recordReader reads records with keys of type string only, unlike ${path}.`);
  const copyEntry = copierOf(entry, `${path}{}`);
  return (value) => {
    if (!isObject(value)) return undefined;
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const entryCopy = name === '__proto__' ? undefined : copyEntry(value[name]);
      if (entryCopy !== undefined) copy[name] = entryCopy;
    }
    return copy;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
