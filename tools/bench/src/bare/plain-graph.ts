import { mkdirSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const OBJECTS_A_FILE = 500;

/** An entity as it is written. */
export interface PlainEntity {
  _type: string;
  [property: string]: unknown;
}

/** Writes objects as plain code would: an array of each type, a file and a link for each 500. */
export class PlainGraph {
  readonly #objects = new Map<string, object[]>();
  readonly #root = resolve('graph');
  readonly #known = new Set<string>();
  #files = 0;

  /** Adds a record, and its copy as raw data. The record itself becomes the entity: V8 takes longer for anything else. */
  entity(type: string, className: string, key: string, record: object): Promise<void> {
    const _rawData = [{ name: 'default', rawData: { ...record } }];
    const entity = record as Record<string, unknown>;
    entity['_key'] = key;
    entity['_type'] = type;
    entity['_class'] = [className];
    entity['displayName'] = key;
    entity['_rawData'] = _rawData;
    return this.#add('entities', type, entity);
  }

  /** Adds an entity that is complete. */
  made(entity: PlainEntity): Promise<void> {
    return this.#add('entities', entity._type, entity);
  }

  relationship(type: string, from: string, to: string, facts?: object): Promise<void> {
    const relationship = {
      _key: `${from}|has|${to}`,
      _type: type,
      _class: 'HAS',
      displayName: 'HAS',
      _fromEntityKey: from,
      _toEntityKey: to,
    };
    return this.#add('relationships', type, facts === undefined ? relationship : Object.assign(relationship, facts));
  }

  async end(): Promise<void> {
    for (const [name, objects] of this.#objects) await this.#write(name, objects);
  }

  async #add(kind: string, type: string, object: object): Promise<void> {
    const name = `${kind}/${type}`;
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
