import type {
  Entity,
  GraphObjectFilter,
  GraphObjectIteratee,
  GraphObjectIterateeOptions,
  GraphObjectStore,
  Relationship,
} from '@jupiterone/integration-sdk-core';
import { forEachConcurrent } from '@vendor-graph/flow-control';
import { BufferPool } from './buffer-pool.js';
import type { GraphObject, GraphObjectKind } from './graph-object.js';
import { KeyPlaces } from './key-places.js';
import { MOST_OBJECTS, ObjectFile } from './object-file.js';
import type { FileOwner } from './storage-folder.js';

/** Files grow in memory until they hold so many bytes together; then the largest is written, whatever it holds. */
const MOST_BUFFERED_BYTES = 8 * 1024 * 1024;
/** So many files are written at the same time; a step that adds more has to wait. */
const MOST_WRITES = 2;

type OnFlushed<T> = (objects: T[]) => Promise<void>;

interface GrowingFile {
  readonly file: ObjectFile;
  /** Its place among all files. */
  readonly number: number;
  /** What the last one who added to it wants to be told. */
  onFlushed: OnFlushed<GraphObject> | undefined;
}

/**
 * Takes the place of the SDK's `FileSystemGraphObjectStore`, with the same files and the same index, so that the SDK's own
 * tools read what it writes. Where that one keeps objects, measures them by serializing them and serializes them again,
 * this one serializes an object when it is added and keeps its bytes. What a step changes of an object after it has added
 * it is therefore never stored (there, it depends on when the object is written), and what `findEntity` and the iterations
 * give out are copies.
 *
 * As with the SDK's, a key is added once; its runtime sees to that.
 */
export class StreamingGraphStore implements GraphObjectStore {
  readonly #announcesFlushes: boolean;
  /** All files, those on disk and those that still grow; an entity's place tells its file and its position in it. */
  readonly #files: ObjectFile[] = [];
  readonly #filesByType = new Map<string, ObjectFile[]>();
  readonly #growing = new Map<string, GrowingFile>();
  readonly #places = new KeyPlaces();
  readonly #buffers = new BufferPool();
  readonly #writes = new Set<Promise<void>>();
  #bufferedBytes = 0;
  #failure: { error: unknown } | undefined;

  /**
   * @param options says with `announcesFlushes: false` that nobody wants to know what was written, i.e. the SDK uploads
   * nothing while it collects; the objects would have to be made anew from their bytes. Default true.
   */
  constructor({ announcesFlushes = true }: { announcesFlushes?: boolean } = {}) {
    this.#announcesFlushes = announcesFlushes;
  }

  addEntities(stepId: string, newEntities: Entity[], onEntitiesFlushed?: OnFlushed<Entity>): Promise<void> {
    return this.#add(stepId, 'entities', newEntities, onEntitiesFlushed as OnFlushed<GraphObject> | undefined);
  }

  addRelationships(
    stepId: string,
    newRelationships: Relationship[],
    onRelationshipsFlushed?: OnFlushed<Relationship>,
  ): Promise<void> {
    return this.#add(
      stepId,
      'relationships',
      newRelationships,
      onRelationshipsFlushed as OnFlushed<GraphObject> | undefined,
    );
  }

  async findEntity(_key: string | undefined): Promise<Entity | undefined> {
    if (_key === undefined || _key === '') return undefined;
    for (const place of this.#places.candidates(_key)) {
      const entity = await this.#files[Math.floor(place / MOST_OBJECTS)]?.read(place % MOST_OBJECTS);
      if (entity?._key === _key) return entity as Entity;
    }
    return undefined;
  }

  iterateEntities<T extends Entity = Entity>(
    filter: GraphObjectFilter,
    iteratee: GraphObjectIteratee<T>,
    options?: GraphObjectIterateeOptions,
  ): Promise<void> {
    return this.#iterate('entities', filter, iteratee as GraphObjectIteratee<GraphObject>, options);
  }

  iterateRelationships<T extends Relationship = Relationship>(
    filter: GraphObjectFilter,
    iteratee: GraphObjectIteratee<T>,
    options?: GraphObjectIterateeOptions,
  ): Promise<void> {
    return this.#iterate('relationships', filter, iteratee as GraphObjectIteratee<GraphObject>, options);
  }

  /**
   * Writes everything that was added.
   *
   * @throws what writing has thrown, now or before: the graph is not complete
   */
  async flush(onEntitiesFlushed?: OnFlushed<Entity>, onRelationshipsFlushed?: OnFlushed<Relationship>): Promise<void> {
    const callbacks = { entities: onEntitiesFlushed, relationships: onRelationshipsFlushed };
    for (const growing of [...this.#growing.values()]) {
      growing.onFlushed = callbacks[growing.file.owner.kind] as OnFlushed<GraphObject> | undefined;
      this.#write(growing);
    }
    await Promise.all(this.#writes);
    this.#throwFailure();
  }

  async #add(
    step: string,
    kind: GraphObjectKind,
    objects: readonly GraphObject[],
    onFlushed: OnFlushed<GraphObject> | undefined,
  ): Promise<void> {
    this.#throwFailure();
    for (let from = 0; from < objects.length;) {
      const growing = this.#growingFile({ step, kind, type: objects[from]?._type ?? '' });
      const together = ofOneType(objects, from, growing.file.objectsAtOnce);
      this.#addTo(growing, together);
      growing.onFlushed = onFlushed;
      if (growing.file.isFull) this.#write(growing);
      from += together.length;
    }
    while (this.#bufferedBytes > MOST_BUFFERED_BYTES) this.#write(this.#largest());
    while (this.#writes.size > MOST_WRITES) await Promise.race(this.#writes);
    this.#throwFailure();
  }

  #addTo({ file, number }: GrowingFile, objects: readonly GraphObject[]): void {
    const { bufferedBytes: before, count } = file;
    file.add(objects);
    this.#bufferedBytes += file.bufferedBytes - before;
    if (file.owner.kind === 'relationships') return;
    for (const [index, { _key }] of objects.entries()) this.#places.add(_key, number * MOST_OBJECTS + count + index);
  }

  #growingFile(owner: FileOwner): GrowingFile {
    const name = nameOf(owner);
    const known = this.#growing.get(name);
    if (known !== undefined) return known;
    const file = new ObjectFile(owner, this.#buffers);
    const growing = { file, number: this.#files.push(file) - 1, onFlushed: undefined };
    this.#growing.set(name, growing);
    this.#bufferedBytes += file.bufferedBytes;
    const ofType = this.#filesOf(owner.kind, owner.type);
    ofType.push(file);
    return growing;
  }

  #filesOf(kind: GraphObjectKind, type: string): ObjectFile[] {
    const name = `${kind} ${type}`;
    let files = this.#filesByType.get(name);
    if (files === undefined) {
      files = [];
      this.#filesByType.set(name, files);
    }
    return files;
  }

  #largest(): GrowingFile {
    return [...this.#growing.values()].reduce((a, b) => (b.file.bufferedBytes > a.file.bufferedBytes ? b : a));
  }

  /** Writes a file, which takes no more from now on. A failure is kept for all who add or flush afterwards. */
  #write({ file, onFlushed }: GrowingFile): void {
    this.#growing.delete(nameOf(file.owner));
    this.#bufferedBytes -= file.bufferedBytes;
    const write = async (): Promise<void> => {
      try {
        const written =
          this.#announcesFlushes && onFlushed !== undefined ? await file.readFirst(file.count) : undefined;
        await file.write();
        if (written !== undefined) await onFlushed?.(written);
      } catch (error) {
        this.#failure ??= { error };
      }
    };
    const writing = write().finally(() => this.#writes.delete(writing));
    this.#writes.add(writing);
  }

  async #iterate(
    kind: GraphObjectKind,
    { _type }: GraphObjectFilter,
    iteratee: GraphObjectIteratee<GraphObject>,
    { concurrency = 1 }: GraphObjectIterateeOptions = {},
  ): Promise<void> {
    // What is added from now on, for instance by the iteratee, is not part of it.
    const files = this.#filesOf(kind, _type).map((file) => ({ file, count: file.count }));
    for (const { file, count } of files) {
      const objects = await file.readFirst(count);
      if (concurrency > 1) await forEachConcurrent(objects, async (object) => iteratee(object), { concurrency });
      else for (const object of objects) await iteratee(object);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** The objects from a position on, so many at most, that have the type of the first one. */
function ofOneType(objects: readonly GraphObject[], from: number, most: number): readonly GraphObject[] {
  const type = objects[from]?._type;
  let to = from + 1;
  while (to < from + most && objects[to]?._type === type) to += 1;
  return objects.slice(from, to);
}

/** Neither ids of steps nor types hold a line break. */
function nameOf({ step, kind, type }: FileOwner): string {
  return `${kind}\n${step}\n${type}`;
}
