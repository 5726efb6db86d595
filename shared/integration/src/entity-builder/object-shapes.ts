/** Of a builder's shapes; records whose names never end would fill the memory with shapes. */
const MOST_NAMES = 10_000;

/** What objects look like that begin with the same names. */
interface Shape {
  /** By the name that comes next. */
  readonly next: Map<string, Shape>;
  /** An object with all names up to here. */
  template: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Makes objects whose names are only known at run time as V8 makes those of a literal. An object that gets more than a
 * dozen names one after the other becomes a hash table: it takes twice the time to make and half as much again to
 * serialize. A copy of an object that JSON.parse has made stays what that is, and its values can be set afterwards.
 */
export class ObjectShapes {
  readonly #root = newShape();
  #names = 0;

  /** An object with these properties of its own, whatever they are called. */
  make(properties: ReadonlyMap<string, unknown>): Record<string, unknown> {
    const template = this.#templateOf(properties);
    if (template === undefined) return Object.fromEntries(properties);
    const object = { ...template };
    for (const [name, value] of properties) object[name] = value;
    return object;
  }

  #templateOf(properties: ReadonlyMap<string, unknown>): Shape['template'] {
    let shape = this.#root;
    for (const name of properties.keys()) {
      const next = shape.next.get(name) ?? this.#newShape(shape, name);
      if (next === undefined) return undefined;
      shape = next;
    }
    shape.template ??= templateWith(properties.keys());
    return shape.template;
  }

  #newShape(shape: Shape, name: string): Shape | undefined {
    if (this.#names >= MOST_NAMES) return undefined;
    this.#names += 1;
    const next = newShape();
    shape.next.set(name, next);
    return next;
  }
}

function templateWith(names: Iterable<string>): Record<string, unknown> {
  const members = Array.from(names, (name) => `${JSON.stringify(name)}:null`);
  return JSON.parse(`{${members.join()}}`) as Record<string, unknown>;
}

function newShape(): Shape {
  return { next: new Map(), template: undefined };
}
