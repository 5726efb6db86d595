import type { Entity } from '@jupiterone/integration-sdk-core';
import { millis, text } from '@vendor-graph/integration';
import { ASSET, createAsset } from '../data-model.js';
import type { AssetRecord } from '../records.js';
import { assetRawData } from './asset-raw-data.js';
import { fullyQualifiedNames, hostnameOf } from './host-names.js';
import { sortIpAddresses } from './ip-addresses.js';
import { osTypeOf } from './os-type.js';
import { splitTags } from './tags.js';

/** Longer lists are cut: one device can answer on thousands of ports. */
const MOST_LIST_ITEMS = 200;
/** The latest time that JupiterOne takes for the time of a sighting, the end of the year 9999. */
const LATEST_SIGHTING = 253_402_300_799_999;
const MAC_ADDRESS = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/**
 * The entity of an asset.
 *
 * @param now when the run began, ms since the epoch: what is out of support by then is so in the whole run
 */
export function toAssetEntity(asset: AssetRecord, now: number): Entity {
  const names = asset.names ?? [];
  const hardware = text(asset.hw);
  const name = names.map(text).find((one) => one !== undefined) ?? hardware ?? asset.id;
  const addresses = sortIpAddresses(asset.addresses, asset.addresses_extra);
  const macAddresses = macAddressesOf(asset.macs);
  const type = text(asset.type);
  const make = text(asset.hw_vendor);
  const model = text(asset.hw_product);
  const hardwareVersion = text(asset.hw_version);
  const os = text(asset.os);
  const osVersion = text(asset.os_version);
  const osVendor = text(asset.os_vendor);
  const createdAt = millis(asset.created_at);
  const updatedAt = millis(asset.updated_at);
  const lastSeen = millis(asset.last_seen);
  const tags = splitTags(asset.tags);
  const support = endOfLife(asset, now);
  const properties = {
    // The helper sets these two itself. Where they stand already, it keeps the shape that V8 knows of this literal; adding
    // them to a copy makes a new shape for each entity, which costs more than all of the conversion.
    _class: ASSET._class,
    _type: ASSET._type,
    _rawData: [{ name: 'default', rawData: assetRawData(asset) }],
    _key: asset.id,
    id: asset.id,
    name,
    displayName: name,
    category: type ?? null,
    type,
    ipv4Addresses: addresses.ipv4,
    ipv6Addresses: addresses.ipv6,
    publicIpAddresses: addresses.public,
    privateIpAddresses: addresses.private,
    macAddresses,
    macAddress: macAddresses,
    hostname: hostnameOf(names),
    fqdn: fullyQualifiedNames(names),
    serial: serialOf(asset),
    deviceId: null,
    lastSeenOn: lastSeen !== undefined && lastSeen <= LATEST_SIGHTING ? lastSeen : null,
    lastSeen,
    firstSeen: millis(asset.first_seen),
    createdAt,
    createdOn: createdAt,
    updatedAt,
    updatedOn: updatedAt,
    make: make ?? null,
    hardwareVendor: make,
    model: model ?? null,
    hardwareModel: model,
    version: hardwareVersion,
    hardwareVersion,
    hardware,
    osName: text(asset.os_product) ?? null,
    osVersion: osVersion ?? null,
    osDetails: text([os, osVersion].filter((part) => part !== undefined).join(' ')) ?? null,
    osVendor,
    osType: osTypeOf(os ?? text(asset.os_product), osVendor),
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
    riskLevel: text(asset.risk),
    riskRank: asset.risk_rank,
    servicePortsTcp: atMost(asset.service_ports_tcp),
    servicePortsUdp: atMost(asset.service_ports_udp),
    serviceProtocols: atMost(asset.service_protocols),
    serviceProducts: atMost(asset.service_products),
    tags: tags.bare,
    sources: asset.sources,
    osEolOn: support.osEolOn,
    osExtendedEolOn: support.osExtendedEolOn,
    osEolExpired: support.osEolExpired,
    osExtendedEolExpired: support.osExtendedEolExpired,
  };
  return createAsset(tags.named === undefined ? properties : { ...properties, ...tags.named });
}

/**
 * When the support of the operating system ends, and whether it has ended. Without an end of standard support runZero
 * knows nothing, and neither do we.
 */
function endOfLife(
  asset: AssetRecord,
  now: number,
): {
  osEolOn: number | undefined;
  osExtendedEolOn: number | undefined;
  osEolExpired: boolean | undefined;
  osExtendedEolExpired: boolean | undefined;
} {
  const osEolOn = millis(asset.eol_os);
  const osExtendedEolOn = millis(asset.eol_os_ext);
  return {
    osEolOn,
    osExtendedEolOn,
    osEolExpired: osEolOn === undefined ? undefined : osEolOn <= now,
    osExtendedEolExpired: osEolOn === undefined ? undefined : Math.max(osEolOn, osExtendedEolOn ?? 0) <= now,
  };
}

function macAddressesOf(macs: readonly string[] | undefined): string[] | null {
  const addresses = new Set(macs?.map((mac) => mac.toLowerCase()).filter((mac) => MAC_ADDRESS.test(mac)));
  return addresses.size > 0 ? [...addresses] : null;
}

/** runZero joins what several sources say with tabs. */
function serialOf(asset: AssetRecord): string | null {
  return text(asset.attributes?.['hw.serialNumber']?.split('\t', 1)[0]) ?? null;
}

function atMost(list: string[] | undefined): string[] | undefined {
  return list !== undefined && list.length > MOST_LIST_ITEMS ? list.slice(0, MOST_LIST_ITEMS) : list;
}
