import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeGraph } from './write-graph.js';

type PlainObject = Record<string, unknown>;

const OBJECTS_IN_FILE = 500;
const SITES = 40;
const NOW_MS = 1_770_000_000_000;
const OPERATING_SYSTEMS = ['Windows Server 2012 R2', 'Ubuntu 22.04', 'Windows 11', 'Debian 12', 'VMware ESXi 6.5'];

/**
 * Writes a graph as large as a large customer's: one account, sites, and assets with services, each with raw data; the names
 * of two assets are hostile.
 *
 * @param entities how many entities there are in all.
 */
export function writeLargeGraph(folder: string, entities: number): void {
  const assets = Math.floor((entities - SITES - 1) * 0.6);
  const services = entities - SITES - 1 - assets;
  writeGraph(folder, {
    entities: [entity('acme_account', 'account', 'Account', { name: 'Acme' }), ...range(SITES, site)],
    relationships: range(SITES, (index) => has('acme_account', 'account', 'acme_site', `site-${index}`)),
    state: { simulated: true, status: 'partial', partialTypes: ['acme_service'] },
  });
  writeStep(folder, 'assets', assets, asset, (index) =>
    has('acme_site', `site-${index % SITES}`, 'acme_asset', `asset-${index}`),
  );
  writeStep(folder, 'services', services, service, (index) =>
    has('acme_asset', `asset-${(index * 7) % assets}`, 'acme_service', `service-${index}`),
  );
}

function writeStep(
  folder: string,
  step: string,
  count: number,
  toEntity: (index: number) => PlainObject,
  toRelationship: (index: number) => PlainObject,
): void {
  for (const [kind, make] of [
    ['entities', toEntity],
    ['relationships', toRelationship],
  ] as const) {
    const place = join(folder, 'graph', step, kind);
    mkdirSync(place, { recursive: true });
    for (let start = 0; start < count; start += OBJECTS_IN_FILE) {
      const objects = range(Math.min(OBJECTS_IN_FILE, count - start), (index) => make(start + index));
      writeFileSync(join(place, `${String(start).padStart(7, '0')}.json`), JSON.stringify({ [kind]: objects }));
    }
  }
}

function site(index: number): ReturnType<typeof entity> {
  return entity('acme_site', `site-${index}`, 'Site', { name: `Site ${index}`, subnets: [`10.${index}.0.0/16`] });
}

function asset(index: number): PlainObject {
  const name = ['<script>alert(1)</script>', '</script>\u2028<img src=x onerror=alert(1)>'][index] ?? `host-${index}`;
  const os = OPERATING_SYSTEMS[index % OPERATING_SYSTEMS.length] ?? '';
  const hex = index.toString(16).padStart(8, '0');
  const record = {
    hostname: `host-${index}.corp.example.com`,
    ipv4Addresses: [`10.${index % 250}.${(index >> 8) % 250}.${index % 199}`],
    macAddresses: [`02:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}:${hex.slice(6, 8)}`],
    osName: os,
    osEolExpired: index % 5 === 0,
    osEolOn: 1_539_043_200_000,
    lastSeenOn: NOW_MS - (index % 90) * 86_400_000,
    firstSeen: NOW_MS - 200 * 86_400_000,
    make: ['Dell', 'HP', 'Super Micro'][index % 3],
    model: `X${index % 17}`,
    serial: `SN${hex.toUpperCase()}`,
    riskLevel: ['none', 'low', 'medium', 'high'][index % 4],
    riskRank: index % 4,
    serviceCount: index % 12,
    alive: index % 7 !== 0,
    tags: ['production', `team-${index % 23}`],
    siteName: `Site ${index % SITES}`,
  };
  return entity('acme_asset', `asset-${index}`, 'Device', { name, ...record, _rawData: raw(record) });
}

function service(index: number): PlainObject {
  const record = {
    port: 1 + (index % 65_535),
    transport: index % 3 === 0 ? 'udp' : 'tcp',
    product: `product ${index % 211}`,
  };
  return entity('acme_service', `service-${index}`, 'NetworkEndpoint', {
    name: `${record.transport}/${record.port}`,
    ...record,
    _rawData: raw(record),
  });
}

function entity(
  type: string,
  id: string,
  entityClass: string,
  properties: PlainObject & { name: string },
): PlainObject & { _key: string; _type: string } {
  return { _key: `${type}:${id}`, _type: type, _class: [entityClass], displayName: properties.name, id, ...properties };
}

function has(
  fromType: string,
  from: string,
  toType: string,
  to: string,
): PlainObject & { _key: string; _type: string } {
  return {
    _key: `${fromType}:${from}|has|${toType}:${to}`,
    _type: `${fromType}_has_${toType.slice('acme_'.length)}`,
    _class: 'HAS',
    _fromEntityKey: `${fromType}:${from}`,
    _toEntityKey: `${toType}:${to}`,
    displayName: 'HAS',
  };
}

function raw(record: object): object[] {
  return [{ name: 'default', rawData: record }];
}

function range<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
