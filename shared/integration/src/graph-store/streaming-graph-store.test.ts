import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entity, Relationship } from '@jupiterone/integration-sdk-core';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import {
  FileSystemGraphObjectStore,
  iterateParsedGraphFiles,
  uploadCollectedData,
  type SynchronizationJobContext,
} from '@jupiterone/integration-sdk-runtime';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { storeIn, temporaryStorage } from '../testing/storage-folder.js';
import { StreamingGraphStore } from './streaming-graph-store.js';

type Store = FileSystemGraphObjectStore | StreamingGraphStore;
/** What a step can do. Keys are numbered: one is added once, as the SDK's runtime sees to. */
type Operation =
  | { do: 'add'; kind: 'entities' | 'relationships'; step: string; types: string[]; size: number; value: unknown }
  | { do: 'find'; number: number }
  | { do: 'iterate'; kind: 'entities' | 'relationships'; type: string; concurrency: number | undefined }
  | { do: 'flush' };

const types = fc.constantFrom('acme_host', 'acme_user', 'acme_host_has_user');
const steps = fc.constantFrom('fetch-hosts', 'fetch-users');
const kinds = fc.constantFrom<'entities' | 'relationships'>('entities', 'relationships');
const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    kind: kinds,
    step: steps,
    types: fc.array(types, { minLength: 1, maxLength: 4 }),
    size: fc.constantFrom(0, 1, 3, 40, 700),
    value: fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.jsonValue({ maxDepth: 2 })),
  }),
  fc.record({ do: fc.constant('find' as const), number: fc.nat({ max: 2_000 }) }),
  fc.record({
    do: fc.constant('iterate' as const),
    kind: kinds,
    type: types,
    concurrency: fc.constantFrom(undefined, 1, 3),
  }),
  fc.record({ do: fc.constant('flush' as const) }),
);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('StreamingGraphStore', () => {
  it("answers as the SDK's store does, and leaves what its readers read alike", async () => {
    const root = await temporaryStorage();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { maxLength: 14 }), async (sequence) => {
        run += 1;
        storeIn(join(root, `theirs-${run}`));
        const theirs = await outcome(
          new FileSystemGraphObjectStore({ graphObjectBufferThresholdInBytes: 9_000 }),
          sequence,
        );
        storeIn(join(root, `ours-${run}`));
        const ours = await outcome(new StreamingGraphStore(), sequence);

        expect(ours).toEqual(theirs);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('puts objects of one type and step into files of up to 500', async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();

    await store.addEntities('fetch-hosts', hosts(1_203));
    await store.flush();

    const counts = (await graphFiles(folder)).map(({ entities = [] }) => entities.length);
    expect(counts.sort((a, b) => a - b)).toEqual([203, 500, 500]);
  });

  it('keeps no more than some megabytes in memory, however large the objects are', async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();
    const large = (index: number): Entity => ({
      ...host(index),
      _type: `acme_${index % 12}`,
      note: 'x'.repeat(2 ** 20),
    });

    for (let index = 0; index < 36; index += 1) await store.addEntities('fetch-hosts', [large(index)]);

    // 36 MB were added, 8 may wait in memory, and three files of up to four may still be on their way to the disk.
    const onDisk = (await graphFiles(folder)).flatMap(({ entities = [] }) => entities).length;
    expect(onDisk).toBeGreaterThanOrEqual(16);
    await store.flush();
    expect((await graphFiles(folder)).flatMap(({ entities = [] }) => entities)).toHaveLength(36);
  });

  it('shows whole files only, at any time', async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(499));

    const flushed = store.flush();
    // Each look fails at a file that is no whole JSON.
    for (let looks = 0; looks < 20; looks += 1) await graphFiles(folder);
    await flushed;

    expect(await graphFiles(folder)).toHaveLength(1);
    expect(await readdir(join(folder, 'index', 'unfinished'))).toEqual([]);
  });

  it('fails whoever adds or flushes after a file could not be written', async () => {
    const folder = await temporaryStorage();
    await writeFile(join(folder, 'file'), '');
    storeIn(join(folder, 'file'));
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(3));

    await expect(store.flush()).rejects.toThrow(/ENOTDIR/);
    await expect(store.addRelationships('fetch-users', [])).rejects.toThrow(/ENOTDIR/);
    await expect(store.flush()).rejects.toThrow(/ENOTDIR/);
  });

  it('stores an object as it was when it was added', async () => {
    await temporaryStorage();
    const store = new StreamingGraphStore();
    const entity: Entity = { ...host(1), name: 'before' };
    await store.addEntities('fetch-hosts', [entity]);
    entity['name'] = 'after';

    expect(await store.findEntity(entity._key)).toMatchObject({ name: 'before' });
    await store.flush();
    expect(await store.findEntity(entity._key)).toMatchObject({ name: 'before' });
  });

  it('leaves no trace of an object that cannot be serialized', async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();
    const [first, second] = hosts(2);
    const circular = { ...second } as Entity & { itself?: unknown };
    circular.itself = circular;

    await expect(store.addEntities('fetch-hosts', [circular])).rejects.toThrow(TypeError);
    await expect(store.findEntity(circular._key)).resolves.toBeUndefined();
    await store.flush();
    expect(await graphFiles(folder)).toEqual([]);

    await store.addEntities('fetch-hosts', hosts(1));
    await store.flush();
    expect(await graphFiles(folder)).toEqual([{ entities: [first] }]);
  });

  it('does not iterate what is added meanwhile', async () => {
    await temporaryStorage();
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(3));
    const seen: string[] = [];

    await store.iterateEntities({ _type: 'acme_host' }, async ({ _key }) => {
      seen.push(_key);
      await store.addEntities('fetch-hosts', [host(1_000 + seen.length)]);
    });

    expect(seen).toEqual(['acme_host:0', 'acme_host:1', 'acme_host:2']);
  });

  it('tells those who want to know what was written, once it is', async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();
    const told: string[] = [];
    const tell = async (entities: Entity[]): Promise<void> => {
      const stored = (await graphFiles(folder)).flatMap(({ entities: all = [] }) => all.map(({ _key }) => _key));
      told.push(...entities.map(({ _key }) => _key).filter((key) => stored.includes(key)));
    };

    await store.addEntities('fetch-hosts', hosts(501), tell);
    await store.flush(tell);

    expect(told.sort()).toEqual(
      hosts(501)
        .map(({ _key }) => _key)
        .sort(),
    );
  });

  it('tells nobody when it was made so', async () => {
    await temporaryStorage();
    const store = new StreamingGraphStore({ announcesFlushes: false });
    const tell = vi.fn(() => Promise.resolve());

    await store.addEntities('fetch-hosts', hosts(501), tell);
    await store.flush(tell);

    expect(tell).not.toHaveBeenCalled();
  });

  it("compresses files where the SDK does, and reads them as the SDK's readers do", async () => {
    await temporaryStorage();
    vi.stubEnv('INTEGRATION_FILE_COMPRESSION_ENABLED', '1');
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(3));
    await store.flush();

    expect(await store.findEntity('acme_host:1')).toEqual(host(1));
    expect(await readByTheirs()).toEqual({ entities: hosts(3), relationships: [] });
  });

  it("says in the SDK's words that a file cannot be read", async () => {
    const folder = await temporaryStorage();
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(3));
    await store.flush();
    const [file = ''] = await readdir(join(folder, 'graph', 'fetch-hosts', 'entities'));
    await writeFile(join(folder, 'graph', 'fetch-hosts', 'entities', file), '');

    await expect(store.findEntity('acme_host:1')).rejects.toThrow(/^Failed to read integration file at '.*\.json'$/);
  });

  it("is uploaded whole by the SDK's synchronization", async () => {
    await temporaryStorage();
    const store = new StreamingGraphStore();
    await store.addEntities('fetch-hosts', hosts(1_203));
    await store.addRelationships('fetch-hosts', [hostHasUser(1), hostHasUser(2)]);
    await store.flush();
    const uploaded: { entities?: Entity[]; relationships?: Relationship[] }[] = [];
    const apiClient = { post: (_path: string, body: object) => Promise.resolve(uploaded.push(body)) };

    await uploadCollectedData({
      apiClient,
      job: { id: 'job' },
      logger: createMockIntegrationLogger(),
    } as unknown as SynchronizationJobContext);

    expect(sorted(uploaded.flatMap(({ entities = [] }) => entities))).toEqual(sorted(hosts(1_203)));
    expect(sorted(uploaded.flatMap(({ relationships = [] }) => relationships))).toEqual([
      hostHasUser(1),
      hostHasUser(2),
    ]);
  });
});

/** All that can be seen of a sequence: its answers, what the readers of the SDK read, and what is in the index. */
async function outcome(store: Store, sequence: readonly Operation[]): Promise<unknown> {
  const answers: unknown[] = [];
  let number = 0;
  const object = (kind: string, type: string, value: unknown): Entity =>
    ({
      _key: `${kind}:${(number += 1)}`,
      _type: type,
      _class: ['Record'],
      value,
      ['💡"\\\n']: [value, undefined],
    }) as never;
  for (const operation of sequence) {
    if (operation.do === 'flush') await store.flush();
    else if (operation.do === 'find')
      answers.push(plain(await store.findEntity(`entities:${operation.number}`)) ?? null);
    else if (operation.do === 'iterate') {
      const seen: unknown[] = [];
      const see = (one: unknown): void => void seen.push(one);
      const options = { concurrency: operation.concurrency };
      if (operation.kind === 'entities') await store.iterateEntities({ _type: operation.type }, see, options);
      else await store.iterateRelationships({ _type: operation.type }, see, options);
      answers.push(sorted(plain(seen) as Entity[]));
    } else {
      const { kind, step, size, value } = operation;
      const objects = Array.from({ length: size }, (_, index) =>
        object(kind, operation.types[index % operation.types.length] ?? '', value),
      );
      if (kind === 'entities') await store.addEntities(step, objects);
      else await store.addRelationships(step, objects as unknown as Relationship[]);
    }
  }
  await store.flush();
  const indexed: unknown[] = [];
  for (const type of ['acme_host', 'acme_user', 'acme_host_has_user'])
    await new FileSystemGraphObjectStore().iterateEntities(
      { _type: type },
      ({ _key }) => void indexed.push([type, _key]),
    );
  return { answers, graph: await readByTheirs(), indexed: indexed.map((one) => JSON.stringify(one)).sort() };
}

async function readByTheirs(): Promise<{ entities: Entity[]; relationships: Entity[] }> {
  const graph: { entities: Entity[]; relationships: Entity[] } = { entities: [], relationships: [] };
  await iterateParsedGraphFiles((data) => {
    graph.entities.push(...((data.entities as Entity[] | undefined) ?? []));
    graph.relationships.push(...((data.relationships as unknown as Entity[] | undefined) ?? []));
    return Promise.resolve();
  });
  return { entities: sorted(graph.entities), relationships: sorted(graph.relationships) };
}

async function graphFiles(folder: string): Promise<{ entities?: Entity[] }[]> {
  const names = await readdir(join(folder, 'graph'), { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.includes('/entities/') || name.includes('/relationships/'));
  return Promise.all(
    files.map(
      async (name) => JSON.parse(await readFile(join(folder, 'graph', name), 'utf8')) as { entities?: Entity[] },
    ),
  );
}

function hosts(count: number): Entity[] {
  return Array.from({ length: count }, (_, index) => host(index));
}

function host(index: number): Entity {
  return { _key: `acme_host:${index}`, _type: 'acme_host', _class: ['Host'], name: `h${index}` };
}

function hostHasUser(index: number): Relationship {
  return {
    _key: `acme_host:${index}|has|user`,
    _type: 'acme_host_has_user',
    _class: 'HAS',
    displayName: 'HAS',
  } as never;
}

function sorted<T extends { _key: string }>(objects: readonly T[]): T[] {
  return objects.toSorted((a, b) => (a._key < b._key ? -1 : 1));
}

/** As it is after it was written as JSON. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
