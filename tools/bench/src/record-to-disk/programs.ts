/*
 * Builds entities and relationships from records and stores them, by one of two ways, with the SDK's own job state around
 * the store. Nothing is fetched.
 */
import {
  createDirectRelationship,
  createIntegrationEntity,
  RelationshipClass,
  type Entity,
  type GraphObjectStore,
} from '@jupiterone/integration-sdk-core';

const BATCH = 100;
/** Different ones; each comes again with another id. */
const RECORDS = 2_000;
const [way, entities] = [process.argv[2], Number(process.argv[3])];
process.env['JUPITERONE_INTEGRATION_STORAGE_DIRECTORY'] = `${process.cwd()}/graph`;

const { store, build } = way === 'ours' ? await ours() : await theirs();
const records = Array.from({ length: RECORDS }, (_, index) => hostRecord(index));

for (let start = 0; start < entities; start += BATCH) {
  const hosts: Entity[] = [];
  for (let index = start; index < Math.min(start + BATCH, entities); index += 1) {
    const source = { ...hostRecordAt(index), id: `${index}`.padStart(12, '0') };
    hosts.push(
      build({
        entityData: {
          source,
          assign: {
            _key: `acme_host:${source.id}`,
            _type: 'acme_host',
            _class: 'Host',
            name: source.hostname,
            displayName: source.hostname,
            lastSeenOn: source.seen,
          },
        },
      }),
    );
  }
  await store.addEntities('fetch-hosts', hosts);
  await store.addRelationships(
    'fetch-hosts',
    hosts.map(({ _key }) =>
      createDirectRelationship({
        _class: RelationshipClass.HAS,
        fromType: 'acme_account',
        fromKey: 'acme_account:1',
        toType: 'acme_host',
        toKey: _key,
      }),
    ),
  );
}
await store.flush();

interface Way {
  store: GraphObjectStore;
  build: typeof createIntegrationEntity;
}

async function ours(): Promise<Way> {
  const { buildEntity, StreamingGraphStore } = await import('@vendor-graph/integration');
  return { store: new StreamingGraphStore({ announcesFlushes: false }), build: buildEntity };
}

async function theirs(): Promise<Way> {
  const { FileSystemGraphObjectStore } = await import('@jupiterone/integration-sdk-runtime');
  return { store: new FileSystemGraphObjectStore(), build: createIntegrationEntity };
}

function hostRecordAt(index: number): ReturnType<typeof hostRecord> {
  return records[index % RECORDS] ?? hostRecord(index);
}

/** About 2 KB of JSON. */
function hostRecord(index: number): { hostname: string; seen: number } & Record<string, unknown> {
  return {
    hostname: `host-${index}`,
    seen: 1_700_000_000_000 + index,
    status: index % 7 === 0 ? 'offline' : 'online',
    createdAt: '2024-03-01T10:00:00Z',
    platform: 'linux',
    osName: 'Debian',
    osVersion: '12.5',
    tags: [{ key: 'team', value: `team-${index % 40}` }],
    addresses: Array.from({ length: 6 }, (_, nth) => `10.${index % 250}.${nth}.${index % 199}`),
    services: Array.from({ length: 12 }, (_, nth) => ({
      port: 8_000 + nth,
      protocol: 'tcp',
      banner: `service ${nth} of host ${index}: nginx/1.24.0 (Debian)`,
    })),
    notes: 'x'.repeat(500),
  };
}
