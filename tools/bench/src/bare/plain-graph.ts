import { mkdirSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const OBJECTS_A_FILE = 500;

/** An entity or a relationship as it is written. */
export interface PlainObject {
  _key: string;
  _type: string;
  [property: string]: unknown;
}

/** Writes objects as plain code would: an array of each type, a file and a link for each 500. */
export class PlainGraph {
  readonly #objects = new Map<string, object[]>();
  readonly #root = resolve('graph');
  readonly #known = new Set<string>();
  #files = 0;

  entity(entity: PlainObject): Promise<void> {
    return this.#add('entities', entity);
  }

  relationship(relationship: PlainObject): Promise<void> {
    return this.#add('relationships', relationship);
  }

  /** That one HAS the other, and nothing more. */
  has(type: string, from: string, to: string): Promise<void> {
    return this.#add('relationships', {
      _key: `${from}|has|${to}`,
      _type: type,
      _class: 'HAS',
      _fromEntityKey: from,
      _toEntityKey: to,
      displayName: 'HAS',
    });
  }

  async end(): Promise<void> {
    for (const [name, objects] of this.#objects) await this.#write(name, objects);
  }

  async #add(kind: string, object: PlainObject): Promise<void> {
    const name = `${kind}/${object._type}`;
    const objects = this.#objects.get(name) ?? [];
    this.#objects.set(name, objects);
    objects.push(object);
    if (objects.length < OBJECTS_A_FILE) return;
    this.#objects.set(name, []);
    await this.#write(name, objects);
  }

  async #write(name: string, objects: readonly object[]): Promise<void> {
    const [kind = ''] = name.split('/');
    const file = `${(this.#files += 1)}.json`;
    const path = join(this.#root, 'graph', name, file);
    const link = join(this.#root, 'index', name, file);
    if (!this.#known.has(name)) for (const one of [path, link]) mkdirSync(join(one, '..'), { recursive: true });
    this.#known.add(name);
    await writeFile(path, JSON.stringify({ [kind]: objects }));
    await symlink(path, link);
  }
}
