import type { Random } from '../kit/random.js';
import { DATA_TIME, ZERO_ID } from './tenancy.js';
import type { Organization } from './tenancy.js';

/** One asset as the export gives it, before fields are chosen. */
export type AssetFields = Readonly<Record<string, unknown>>;

/**
 * Stands in a template where each asset has digits of its own; all of a kind have the same length, so that the serialized
 * line of a template can be stamped without being serialized again (see asset-lines.ts).
 */
export const MARKERS = {
  /** The last twelve digits of the asset's id. */
  id: '%%%%ID%%%%%%',
  /** Eight decimal digits, for names. */
  number: '%NUMBER%',
  /** Three octets of an address, each of three digits. */
  octets: '%%%.%%%.%%%',
  /** Five octets of a hardware address. */
  mac: '%%:%%:%%:%%:%%',
} as const;

/** Secrets of the scanned devices; no program that collects assets may let them through. */
export const CANARIES = {
  community: 'canary-community-$"+/=',
  cookie: 'sid=canary-cookie-$+/=; path=/',
  page: '<html>canary-page "body"</html>',
  banner: 'canary-banner-9f31',
  foreign: 'canary-foreign-77ab',
} as const;

const DAY = 86_400;

const SYSTEMS: readonly {
  type: string;
  os: readonly [vendor: string, product: string, version: string];
  hw: readonly [vendor: string, product: string];
  /** End of standard and of extended support, Unix seconds. */
  eol?: readonly [standard: number, extended: number];
}[] = [
  {
    type: 'Server',
    os: ['Microsoft', 'Windows Server 2012 R2', ''],
    hw: ['Super Micro', 'X10'],
    eol: [1_539_043_200, 1_696_896_000],
  },
  { type: 'Server', os: ['Ubuntu', 'Linux', '22.04'], hw: ['VMware', 'Virtual Machine'], eol: [1_806_537_600, 0] },
  { type: 'Desktop', os: ['Apple', 'macOS', '13.4'], hw: ['Apple', 'MacBook Pro'] },
  { type: 'Mobile', os: ['Apple', 'iOS', '16.5'], hw: ['Apple', 'iPhone'] },
  { type: 'Mobile', os: ['Google', 'Linux Android', '12'], hw: ['Samsung', 'Galaxy S21'] },
  { type: 'Switch', os: ['Cisco', 'IOS', '15.2(7)E3'], hw: ['Cisco', 'Catalyst 2960'] },
  { type: 'Printer', os: ['HP', 'JetDirect', ''], hw: ['HP', 'LaserJet M507'] },
  { type: 'IP Camera', os: ['Axis', 'Embedded Linux', ''], hw: ['Axis', 'M3045'] },
  {
    type: 'Desktop',
    os: ['Microsoft', 'Windows 10', '21H2'],
    hw: ['Dell', 'OptiPlex 7090'],
    eol: [1_718_150_400, 4_102_444_800],
  },
  { type: 'NAS', os: ['FreeBSD', 'FreeBSD', '13.1'], hw: ['Synology', 'DS920+'] },
];

const RISKS = ['none', 'info', 'low', 'medium', 'high', 'critical'] as const;

/** The n-th kind of asset of an organization; the first three are odd, the rest random. Assets repeat the kinds in turn. */
export function assetTemplate(organization: Organization, index: number, random: Random): AssetFields {
  const site = organization.sites[index % Math.max(organization.sites.length, 1)];
  const id = `${random.fork('organization').uuid().slice(0, 24)}${MARKERS.id}`;
  const own = random.fork('asset', index);
  const base = {
    id,
    created_at: DATA_TIME - 90 * DAY + index,
    updated_at: DATA_TIME - index,
    organization_id: organization.id,
    site_id: site?.id ?? ZERO_ID,
    org_name: organization.name,
    site_name: site?.name ?? '',
  };
  if (index === 1) return minimalAsset(base);
  const asset = randomAsset(base, index, own);
  return index === 0 ? { ...asset, ...taggedAsset() } : index === 2 ? { ...asset, ...foreignAsset() } : asset;
}

/** As little as runZero knows of a device that answered a ping once, in the form of 2022. */
function minimalAsset(base: AssetFields): AssetFields {
  return {
    ...base,
    alive: false,
    scanned: true,
    last_seen: DATA_TIME - 20 * DAY,
    first_seen: DATA_TIME - 20 * DAY,
    detected_by: 'icmp',
    type: '',
    os: '',
    os_vendor: '',
    os_product: '',
    os_version: '',
    hw: '',
    hw_vendor: '',
    hw_product: '',
    hw_version: '',
    addresses: [`10.${MARKERS.octets}`],
    addresses_extra: [],
    macs: [],
    mac_vendors: [],
    names: [],
    domains: [],
    tags: {},
    comments: null,
    services: {},
    credentials: {},
    rtts: {},
    attributes: {},
    service_count: 0,
    service_count_tcp: 0,
    service_count_udp: 0,
    service_count_arp: 0,
    service_count_icmp: 0,
    software_count: 0,
    vulnerability_count: 0,
    lowest_ttl: 0,
    lowest_rtt: null,
    last_agent_id: ZERO_ID,
    last_task_id: ZERO_ID,
    newest_mac: null,
    newest_mac_vendor: null,
    newest_mac_age: null,
    service_ports_tcp: [],
    service_ports_udp: [],
    service_protocols: [],
    service_products: [],
    source_ids: [1],
    sources: ['rumble'],
    eol_os: 0,
    eol_os_ext: 0,
    agent_name: null,
    subnets: {},
  };
}

/** Tags whose names fit no property, and one that is called like a property. */
function taggedAsset(): AssetFields {
  return { tags: { production: '', cost_center: '42', name: 'not-the-name' }, comments: 'file server' };
}

/** Text beyond ASCII, everywhere where people write it. */
function foreignAsset(): AssetFields {
  return { names: ['BÜRO_ÖSTERREICH', `ÖL-${MARKERS.number}.例え.EXAMPLE`], tags: { größe: 'groß 🚀', 例え: '' } };
}

function randomAsset(base: AssetFields, index: number, random: Random): AssetFields {
  const system = index === 0 ? SYSTEMS[0] : random.pick(SYSTEMS);
  if (system === undefined) throw new RangeError('There is no operating system to pick from.');
  const [osVendor, osProduct, osVersion] = system.os;
  const [hwVendor, hwProduct] = system.hw;
  const address = `10.${MARKERS.octets}`;
  const services = servicesOf(address, index, random);
  const all = Object.values(services);
  const of = (transport: string): number => all.filter((service) => service['service.transport'] === transport).length;
  const ports = (transport: string): string[] => [
    ...new Set(
      all
        .filter((service) => service['service.transport'] === transport)
        .map((service) => service['service.port'] ?? ''),
    ),
  ];
  const risk = random.pick(RISKS);
  const nameless = random.chance(0.35) && index !== 0;
  const mac = `02:${MARKERS.mac}`;
  const hasMac = random.chance(0.86) || index === 0;
  return {
    ...base,
    alive: random.chance(0.9),
    scanned: true,
    last_seen: DATA_TIME - random.integer(0, 5) * DAY,
    first_seen: DATA_TIME - random.integer(30, 90) * DAY,
    detected_by: hasMac ? 'arp' : random.pick(['icmp', '80/tcp', '47808/udp']),
    type: system.type,
    os: `${osVendor} ${osProduct}`,
    os_vendor: osVendor,
    os_product: osProduct,
    os_version: osVersion,
    hw: `${hwVendor} ${hwProduct}`,
    hw_vendor: hwVendor,
    hw_product: hwProduct,
    hw_version: random.chance(0.2) ? 'B1' : '',
    addresses: [address, ...(random.chance(0.5) ? ['fe80::250:56ff:fe89:b0e1'] : [])],
    addresses_extra: random.chance(0.3) ? ['203.0.113.20'] : [],
    macs: hasMac ? [mac] : [],
    mac_vendors: hasMac ? ['VMware, Inc.'] : [],
    names: nameless
      ? []
      : [`${system.type.toUpperCase().replace(' ', '_')}_${MARKERS.number}`, `H${MARKERS.number}.CORP.EXAMPLE.COM`],
    domains: nameless ? [] : ['CORP'],
    tags: random.chance(0.2) ? { managed: '' } : {},
    tag_descriptions: {},
    comments: null,
    services,
    credentials: all.some((service) => 'snmp.community' in service)
      ? { [`snmp-2c:community:${CANARIES.community}`]: true }
      : {},
    rtts: { 'icmp/echo': [random.integer(100_000, 9_000_000), random.integer(100_000, 9_000_000)] },
    attributes: attributesOf(system, index, random),
    service_count: all.length,
    service_count_tcp: of('tcp'),
    service_count_udp: of('udp'),
    service_count_arp: of('arp'),
    service_count_icmp: of('icmp'),
    software_count: random.integer(0, 3) + (index === 0 ? 1 : 0),
    vulnerability_count: random.integer(0, 3) + (index === 0 ? 2 : 0),
    finding_count: random.integer(0, 2),
    lowest_ttl: random.integer(0, 3),
    lowest_rtt: random.integer(100_000, 9_000_000),
    last_agent_id: random.uuid(),
    last_task_id: random.uuid(),
    newest_mac: hasMac ? mac : null,
    newest_mac_vendor: hasMac ? 'VMware, Inc.' : null,
    newest_mac_age: hasMac ? 946_944_000_000_000_000 : null,
    service_ports_tcp: ports('tcp'),
    service_ports_udp: ports('udp'),
    service_protocols: [...new Set(all.flatMap((service) => (service['protocol'] ?? '').split('\t')))].sort(),
    service_products: ['openbsd openssh'],
    source_ids: [1],
    sources: ['runZero'],
    eol_os: system.eol?.[0] ?? 0,
    eol_os_ext: system.eol?.[1] ?? 0,
    risk,
    risk_rank: RISKS.indexOf(risk) - 1,
    outlier_score: random.integer(0, 5),
    outlier_raw: 0,
    criticality: 'medium',
    criticality_rank: 2,
    agent_name: 'EXPLORER-1',
    agent_external_ip: '198.51.100.7',
    hosted_zone_name: null,
    subnets: {},
    foreign_attributes: random.chance(0.3) ? { '@azuread.dev': [{ secretHint: CANARIES.foreign }] } : null,
    owners: [],
    ownership: { Map: {} },
    custom_integration_ids: [],
  };
}

type Service = Record<string, string>;

function servicesOf(address: string, index: number, random: Random): Record<string, Service> {
  const services: Record<string, Service> = {};
  const add = (port: number, transport: string, data: Service): void => {
    services[`${address}/${port}/${transport}/`] = {
      ...data,
      'service.address': address,
      'service.port': String(port),
      'service.transport': transport,
      source: 'connect',
      ts: String(DATA_TIME - 300),
    };
  };
  add(0, 'arp', { protocol: 'arp', 'arp.mac': `02:${MARKERS.mac}`, 'arp.macVendor': 'VMware, Inc.' });
  if (random.chance(0.8)) add(0, 'icmp', { protocol: 'icmp', 'icmp.rtts': '837561\t5320391' });
  if (random.chance(0.7) || index === 0) {
    add(22, 'tcp', {
      banner: `SSH-2.0-OpenSSH_8.0 ${CANARIES.banner}`,
      protocol: 'ssh',
      product: 'OpenBSD:OpenSSH:8.0',
      'ssh.hostKey.data': random.hex(600),
      'ssh.hostKey.sha256': random.hex(64),
    });
  }
  if (random.chance(0.4) || index === 0) {
    add(161, 'udp', { protocol: 'snmp1\tsnmp2', 'snmp.community': CANARIES.community, 'snmp.sysDesc': random.hex(80) });
  }
  const pages = random.integer(index === 0 ? 1 : 0, 6);
  for (let page = 0; page < pages; page += 1) {
    add(page === 0 ? 443 : 8000 + page, 'tcp', {
      protocol: 'http\ttls',
      'http.body': CANARIES.page + `<p>${random.hex(8)}</p>`.repeat(random.integer(10, 180)),
      'http.head.setCookie': CANARIES.cookie,
      'tls.certificates': random.hex(1_200),
    });
  }
  return services;
}

function attributesOf(
  system: { os: readonly [string, string, string]; hw: readonly [string, string] },
  index: number,
  random: Random,
): Record<string, string> {
  const fingerprints: Record<string, string> = {
    'os.family': system.os[1].split(' ')[0] ?? '',
    'os.vendor': system.os[0],
    'os.product': system.os[1],
    'os.version': system.os[2],
    'os.cpe23': `cpe:/o:${system.os[0]}:${system.os[1]}`.toLowerCase().replaceAll(' ', '_'),
    'hw.vendor': system.hw[0],
    'hw.product': system.hw[1],
    'ip.ttl.hops': String(random.integer(0, 4)),
    'ip.ttl.win': '64',
    'fp.certainty': (random.integer(50, 99) / 100).toFixed(2),
    'snmp.sysName': `${CANARIES.community} is not for you`,
  };
  if (random.chance(0.2) || index === 0) fingerprints['hw.serialNumber'] = `${random.hex(8).toUpperCase()}\tXYZ9876`;
  if (random.chance(0.4)) {
    fingerprints['switch.name'] = 'CORE-1';
    fingerprints['switch.port'] = `192.168.1.2-1/0/${random.integer(1, 48)}`;
    fingerprints['vlan'] = String(random.integer(1, 400));
  }
  if (system.hw[0] === 'VMware') fingerprints['virtual'] = 'VMware';
  // Most fingerprints stand there twice, the second time with their source.
  const sourced = Object.entries(fingerprints).map(([name, value]) => [`@rumble.scan.${name}`, value] as const);
  return { ...fingerprints, ...Object.fromEntries(sourced) };
}
