// The entity of a runZero asset, in as few steps as the simulator's data allow.
import type { PlainObject } from './plain-graph.js';
import { millis, text } from './runzero-values.js';

/** What is asked for, so that what comes is the raw data but for most of the attributes. */
export const ASSET_FIELDS =
  'id,created_at,updated_at,organization_id,site_id,alive,scanned,first_seen,last_seen,detected_by,type,os,os_vendor,' +
  'os_product,os_version,hw,hw_vendor,hw_product,hw_version,addresses,addresses_extra,macs,names,domains,tags,' +
  'service_count,service_ports_tcp,service_ports_udp,service_protocols,service_products,software_count,' +
  'vulnerability_count,finding_count,last_agent_id,last_task_id,newest_mac,newest_mac_vendor,eol_os,eol_os_ext,risk,' +
  'risk_rank,sources,org_name,site_name,attributes';

export interface Asset {
  id: string;
  created_at: number;
  updated_at: number;
  organization_id: string;
  site_id: string;
  alive: boolean;
  scanned: boolean;
  first_seen: number;
  last_seen: number;
  detected_by: string;
  type: string;
  os: string;
  os_vendor: string;
  os_product: string;
  os_version: string;
  hw: string;
  hw_vendor: string;
  hw_product: string;
  hw_version: string;
  addresses: string[];
  addresses_extra: string[];
  macs: string[];
  names: string[];
  tags: Record<string, string>;
  service_count: number;
  service_ports_tcp: string[];
  service_ports_udp: string[];
  service_protocols: string[];
  service_products: string[];
  software_count: number;
  vulnerability_count: number;
  finding_count?: number;
  last_agent_id: string;
  last_task_id: string;
  newest_mac: string | null | undefined;
  newest_mac_vendor: string | null | undefined;
  eol_os: number;
  eol_os_ext: number;
  risk?: string;
  risk_rank?: number;
  sources: string[];
  org_name: string;
  site_name: string;
  attributes: Record<string, string | undefined>;
}

const CLASS = ['Device'];
const PRIVATE = /^(?:10\.|fe80:)/;
const QUALIFIED = /^[A-Z0-9][A-Z0-9-]*(?:\.[A-Z0-9-]+)*\.[A-Z]{2,}$/i;

/** The asset itself becomes the raw data. */
export function assetOf(asset: Asset, now: number): PlainObject {
  const { id, os, tags } = asset;
  // Only what is there is set anew: V8 takes long for objects that get more properties, or lose some.
  if (asset.newest_mac === null) {
    asset.newest_mac = undefined;
    asset.newest_mac_vendor = undefined;
  }
  const attributes = keptAttributes(asset.attributes);
  asset.attributes = attributes;

  const ipv4Addresses: string[] = [];
  const ipv6Addresses: string[] = [];
  const publicIpAddresses: string[] = [];
  const privateIpAddresses: string[] = [];
  for (const list of [asset.addresses, asset.addresses_extra])
    for (const address of list) {
      (address.includes(':') ? ipv6Addresses : ipv4Addresses).push(address);
      (PRIVATE.test(address) ? privateIpAddresses : publicIpAddresses).push(address);
    }
  const macAddresses = filled(asset.macs);
  const fqdn = filled(asset.names.filter((name) => QUALIFIED.test(name)));
  const type = text(asset.type);
  const make = text(asset.hw_vendor);
  const model = text(asset.hw_product);
  const hardware = text(asset.hw);
  const hardwareVersion = text(asset.hw_version);
  const osVersion = text(asset.os_version);
  const name = asset.names[0] ?? hardware ?? id;
  const lastSeen = asset.last_seen * 1_000;
  const createdOn = asset.created_at * 1_000;
  const updatedOn = asset.updated_at * 1_000;
  const osEolOn = millis(asset.eol_os);
  const osExtendedEolOn = millis(asset.eol_os_ext);
  const bare: string[] = [];
  const named: string[] = [];
  for (const tag in tags) (tags[tag] === '' ? bare : named).push(tag);

  const entity = {
    _class: CLASS,
    _type: 'rumble_asset',
    _rawData: [{ name: 'default', rawData: asset }],
    _key: id,
    id,
    name,
    displayName: name,
    category: type ?? null,
    type,
    ipv4Addresses: filled(ipv4Addresses),
    ipv6Addresses: filled(ipv6Addresses),
    publicIpAddresses: filled(publicIpAddresses),
    privateIpAddresses: filled(privateIpAddresses),
    macAddresses,
    macAddress: macAddresses,
    hostname: fqdn?.[0]?.split('.', 1)[0] ?? null,
    fqdn,
    serial: attributes['hw.serialNumber']?.split('\t', 1)[0] ?? null,
    deviceId: null,
    lastSeenOn: lastSeen,
    lastSeen,
    firstSeen: asset.first_seen * 1_000,
    createdAt: createdOn,
    createdOn,
    updatedAt: updatedOn,
    updatedOn,
    make: make ?? null,
    hardwareVendor: make,
    model: model ?? null,
    hardwareModel: model,
    version: hardwareVersion,
    hardwareVersion,
    hardware,
    osName: text(asset.os_product) ?? null,
    osVersion: osVersion ?? null,
    osDetails: text(osVersion === undefined ? os : `${os} ${osVersion}`) ?? null,
    osVendor: text(asset.os_vendor),
    osType: osTypeOf(os),
    alive: asset.alive,
    scanned: asset.scanned,
    detectedBy: asset.detected_by,
    serviceCount: asset.service_count,
    softwareCount: asset.software_count,
    vulnerabilityCount: asset.vulnerability_count,
    findingCount: asset.finding_count,
    lastAgentId: asset.last_agent_id,
    lastTaskId: asset.last_task_id,
    newestMacAddress: asset.newest_mac,
    newestMacVendor: asset.newest_mac_vendor,
    orgName: asset.org_name,
    siteName: asset.site_name,
    organizationId: asset.organization_id,
    siteId: asset.site_id,
    riskLevel: asset.risk,
    riskRank: asset.risk_rank,
    servicePortsTcp: asset.service_ports_tcp,
    servicePortsUdp: asset.service_ports_udp,
    serviceProtocols: asset.service_protocols,
    serviceProducts: asset.service_products,
    tags: bare.length > 0 ? bare : undefined,
    sources: asset.sources,
    osEolOn,
    osExtendedEolOn,
    osEolExpired: osEolOn === undefined ? undefined : osEolOn <= now,
    osExtendedEolExpired: osEolOn === undefined ? undefined : Math.max(osEolOn, osExtendedEolOn ?? 0) <= now,
  };
  // Of the simulator's kinds of assets only two have such tags.
  return named.length === 0 ? entity : withTags(entity, named, tags);
}

/** Those attributes of the simulator's that collect keeps. */
function keptAttributes(all: Asset['attributes']): Asset['attributes'] {
  return {
    'os.family': all['os.family'],
    'os.vendor': all['os.vendor'],
    'os.product': all['os.product'],
    'os.version': all['os.version'],
    'os.cpe23': all['os.cpe23'],
    'hw.vendor': all['hw.vendor'],
    'hw.product': all['hw.product'],
    'hw.serialNumber': all['hw.serialNumber'],
    'switch.name': all['switch.name'],
    'switch.port': all['switch.port'],
    vlan: all['vlan'],
    virtual: all['virtual'],
  };
}

function osTypeOf(os: string): string | null {
  if (os === '') return null;
  if (os.includes('Android')) return 'android';
  if (os.includes('Windows')) return 'windows';
  if (os.includes('macOS')) return 'darwin';
  if (os === 'Apple iOS') return 'ios';
  if (os.includes('Linux')) return 'linux';
  return os.includes('BSD') ? 'unix' : 'other';
}

function withTags(entity: PlainObject, names: readonly string[], tags: Asset['tags']): PlainObject {
  for (const name of names) entity[`tag.${name.replaceAll(/[^A-Za-z0-9. -]/g, '-')}`] = tags[name];
  return entity;
}

function filled(list: string[]): string[] | null {
  return list.length > 0 ? list : null;
}
