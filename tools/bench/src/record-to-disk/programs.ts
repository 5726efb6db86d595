// Builds entities and relationships from records and stores them, by one of two ways. Nothing is fetched.
import type { createIntegrationEntity, Entity, GraphObjectStore, Relationship } from '@jupiterone/integration-sdk-core';

const BATCH = 100;
/** Different ones; each comes again with another id. */
const RECORDS = 2_000;
const [way, entities, shape] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
process.env['JUPITERONE_INTEGRATION_STORAGE_DIRECTORY'] = `${process.cwd()}/graph`;

const ACCOUNT_KEY = 'acme_account:1';
const { store, build, relate } = way === 'ours' ? await ours() : await theirs();
const makeRecord = shape === 'flat' ? flatRecord : nestedRecord;
const records = Array.from({ length: RECORDS }, (_, index) => makeRecord(index));

for (let start = 0; start < entities; start += BATCH) {
  const hosts: Entity[] = [];
  for (let index = start; index < Math.min(start + BATCH, entities); index += 1) {
    const source = { ...recordAt(index) };
    source.id = `${index}`.padStart(12, '0');
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
    hosts.map(({ _key }) => relate(_key)),
  );
}
await store.flush();

type HostRecord = { id: string; hostname: string; seen: number } & Record<string, unknown>;

interface Way {
  store: GraphObjectStore;
  build: typeof createIntegrationEntity;
  /** That the account has the host. */
  relate: (hostKey: string) => Relationship;
}

/** Loads the SDK as the command does. */
async function ours(): Promise<Way> {
  const { deferUnusedPartsOfSdk } = await import('@vendor-graph/cli');
  deferUnusedPartsOfSdk();
  const { buildEntity, directRelationship, relationshipType, StreamingGraphStore } =
    await import('@vendor-graph/integration');
  const { RelationshipClass } = await import('@jupiterone/integration-sdk-core');
  const type = relationshipType({ _type: 'acme_account' }, RelationshipClass.HAS, { _type: 'acme_host' });
  return {
    store: new StreamingGraphStore({ announcesFlushes: false }),
    build: buildEntity,
    relate: (hostKey) => directRelationship(type, ACCOUNT_KEY, hostKey),
  };
}

async function theirs(): Promise<Way> {
  const { createDirectRelationship, createIntegrationEntity, RelationshipClass } =
    await import('@jupiterone/integration-sdk-core');
  const { FileSystemGraphObjectStore } = await import('@jupiterone/integration-sdk-runtime');
  return {
    store: new FileSystemGraphObjectStore(),
    build: createIntegrationEntity,
    relate: (hostKey) =>
      createDirectRelationship({
        _class: RelationshipClass.HAS,
        fromType: 'acme_account',
        fromKey: ACCOUNT_KEY,
        toType: 'acme_host',
        toKey: hostKey,
      }),
  };
}

function recordAt(index: number): HostRecord {
  return records[index % RECORDS] ?? makeRecord(index);
}

/** Makes an entity of about 2 KB: much of it is said twice, as properties that the class knows and as raw data. */
function flatRecord(index: number): HostRecord {
  return {
    id: '',
    hostname: `host-${index}`,
    seen: 1_700_000_000_000 + index,
    status: index % 7 === 0 ? 'offline' : 'online',
    createdAt: '2024-03-01T10:00:00Z',
    summary: `Server ${index} of the fictional company Acme`,
    description: 'Answers requests of customers, behind the load balancer of its region.',
    classification: 'internal',
    criticality: index % 10,
    owner: `team-${index % 40}@acme.example`,
    fqdn: [`host-${index}.region-${index % 9}.acme.example`],
    ipv4Addresses: [`10.0.${index % 250}.1`, `10.1.${index % 250}.1`],
    macAddresses: [`02:00:00:00:00:${(index % 90) + 10}`],
    make: 'Acme',
    model: `R${index % 30}`,
    serial: `SN-${index}-0000`,
    osName: 'Debian',
    osType: 'linux',
    osDetails: 'Debian GNU/Linux 12 (bookworm)',
    osVersion: '12.5',
    webLink: `https://console.acme.example/hosts/${index}`,
    tags: [{ key: 'team', value: `team-${index % 40}` }],
    agentVersion: '3.2.1.0',
    agentStatus: 'connected',
    region: `region-${index % 9}`,
    zone: 'a',
    rack: `rack-${index % 100}`,
    cores: 16,
    memoryBytes: 68_719_476_736,
    kernel: '6.1.0-18-amd64',
    lastUser: `user${index % 500}`,
    rebootRequired: index % 3 === 0,
    packages: 412,
    openPorts: [22, 80, 443, 8_080 + (index % 10)],
    scannedOn: '2026-01-15T04:11:07Z',
    policy: `baseline-${index % 5}`,
  };
}

/** Makes an entity of about 2 KB, too: most of it lies deeper and becomes raw data alone. */
function nestedRecord(index: number): HostRecord {
  return {
    id: '',
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
    notes: 'x'.repeat(150),
  };
}
