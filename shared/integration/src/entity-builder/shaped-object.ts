/** Of one builder; records whose names never end would fill the memory with shapes. */
const MOST_SHAPES = 10_000;

/** What objects look like that got the same names in the same order. */
interface Shape {
  readonly parent: Shape | undefined;
  /** The last of its names. */
  readonly name: string;
  /** How many come before that. */
  readonly place: number;
  /** By the name that is set next. */
  readonly next: Map<string, Step>;
  known: KnownShape | undefined;
}

/** Where setting a name leads: to a longer shape, or to a place in the same one if it has the name already. */
interface Step {
  readonly shape: Shape;
  readonly place: number;
}

/** What is known of a shape that an object was made of. */
interface KnownShape {
  readonly names: readonly string[];
  /** An object with these names. */
  readonly template: Readonly<Record<string, unknown>>;
}

/**
 * Makes objects, one after the other, whose names are only known at run time, as V8 makes those of a literal. An object that
 * gets more than a dozen names one after the other becomes a hash table: it takes twice the time to make and half as much
 * again to serialize. A copy of an object that JSON.parse has made stays what that is, and its values can be set afterwards.
 *
 * It is used like a `Map` of the next object's properties. Names that come in the same order as before cost one look into
 * a table each; nothing is allocated for them.
 */
export class ShapedObject {
  readonly #root = shapeOf(undefined, '');
  #shapes = 0;
  #shape = this.#root;
  readonly #values: unknown[] = [];

  /** Forgets what was set since the last object was made. */
  clear(): void {
    this.#shape = this.#root;
    this.#values.length = 0;
  }

  /** Sets a property of the next object, whatever it is called. */
  set(name: string, value: unknown): void {
    const step = this.#shape.next.get(name) ?? this.#stepTo(name);
    this.#shape = step.shape;
    this.#values[step.place] = value;
  }

  has(name: string): boolean {
    return shapeWith(this.#shape, name) !== undefined;
  }

  get(name: string): unknown {
    const shape = shapeWith(this.#shape, name);
    return shape === undefined ? undefined : this.#values[shape.place];
  }

  /** The object with what was set, in that order; the next one begins without any. */
  make(): Record<string, unknown> {
    const object = this.#filled();
    this.clear();
    return object;
  }

  #filled(): Record<string, unknown> {
    const values = this.#values;
    const known = this.#known();
    if (known === undefined)
      return Object.fromEntries(namesOf(this.#shape).map((name, place) => [name, values[place]]));
    const object = { ...known.template };
    const { names } = known;
    for (const [place, name] of names.entries()) object[name] = values[place];
    return object;
  }

  #known(): KnownShape | undefined {
    const shape = this.#shape;
    if (shape.known === undefined && this.#shapes < MOST_SHAPES) {
      const names = namesOf(shape);
      shape.known = { names, template: templateWith(names) };
    }
    return shape.known;
  }

  #stepTo(name: string): Step {
    const from = this.#shape;
    const same = shapeWith(from, name);
    const shape = same === undefined ? shapeOf(from, name) : from;
    const step = { shape, place: (same ?? shape).place };
    if (this.#shapes < MOST_SHAPES) {
      from.next.set(name, step);
      this.#shapes += 1;
    }
    return step;
  }
}

function shapeOf(parent: Shape | undefined, name: string): Shape {
  return { parent, name, place: (parent?.place ?? -2) + 1, next: new Map(), known: undefined };
}

/** The shape or the one before it that ends with this name. */
function shapeWith(shape: Shape, name: string): Shape | undefined {
  let found = shape;
  while (found.parent !== undefined && found.name !== name) found = found.parent;
  // The first of all has no name.
  return found.parent === undefined ? undefined : found;
}

function namesOf(shape: Shape): string[] {
  const names: string[] = [];
  for (let last = shape; last.parent !== undefined; last = last.parent) names.push(last.name);
  return names.reverse();
}

function templateWith(names: readonly string[]): Record<string, unknown> {
  const members = names.map((name) => `${JSON.stringify(name)}:null`);
  return JSON.parse(`{${members.join()}}`) as Record<string, unknown>;
}
