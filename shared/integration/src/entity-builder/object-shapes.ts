/** Of a builder's shapes; records whose names never end would fill the memory with shapes. */
const MOST_NAMES = 10_000;

/** What objects look like that begin with the same names. */
interface Shape {
  /** The name after which the latest object went on, and how; looked at before all others. */
  name: string | undefined;
  next: Shape | undefined;
  readonly others: Map<string, Shape>;
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
      const next = shape.name === name ? shape.next : this.#next(shape, name);
      if (next === undefined) return undefined;
      shape = next;
    }
    shape.template ??= templateWith(properties.keys());
    return shape.template;
  }

  #next(shape: Shape, name: string): Shape | undefined {
    let next = shape.others.get(name);
    if (next === undefined) {
      if (this.#names >= MOST_NAMES) return undefined;
      this.#names += 1;
      next = newShape();
      shape.others.set(name, next);
    }
    shape.name = name;
    shape.next = next;
    return next;
  }
}

function templateWith(names: Iterable<string>): Record<string, unknown> {
  const members = Array.from(names, (name) => `${JSON.stringify(name)}:null`);
  return JSON.parse(`{${members.join()}}`) as Record<string, unknown>;
}

function newShape(): Shape {
  return { name: undefined, next: undefined, others: new Map(), template: undefined };
}
