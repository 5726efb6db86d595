import { describe, expect, it } from 'vitest';
import { assetReader } from '../asset-reader.js';
import type { AssetRecord } from '../records.js';
import { toAssetEntity } from './asset.js';

/** After both ends of support of the example. */
const NOW = Date.UTC(2024, 0, 1);

/** A line of an export with everything in it that the console sends, secrets of the device included. */
const EXAMPLE: unknown = {
  id: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11',
  created_at: 1672007446,
  updated_at: 1672926250,
  organization_id: '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01',
  site_id: 'b4a1c1f0-1111-4222-8333-944455556666',
  alive: true,
  scanned: true,
  last_seen: 1672008118,
  first_seen: 1672007309,
  detected_by: 'arp',
  type: 'Server',
  os_vendor: 'Microsoft',
  os_product: 'Windows Server 2012 R2',
  os_version: '',
  os: 'Microsoft Windows Server 2012 R2',
  hw_vendor: 'Super Micro',
  hw_product: 'X10',
  hw_version: '',
  hw: 'Super Micro X10',
  addresses: ['192.168.1.91', 'fe80::250:56ff:fe89:b0e1'],
  addresses_extra: ['203.0.113.20', '10.9.0.4'],
  macs: ['00:50:56:89:b0:e1'],
  mac_vendors: ['VMware, Inc.'],
  names: ['FILE_SRV_01', 'FS01.CORP.EXAMPLE.COM', 'FS01'],
  tags: { production: '', cost_center: '42', name: 'not-the-name' },
  tag_descriptions: {},
  domains: ['CORP'],
  services: {
    '192.168.1.91/22/tcp/': {
      banner: 'SSH-2.0-OpenSSH_8.0',
      protocol: 'ssh',
      product: 'OpenBSD:OpenSSH:8.0',
      'service.address': '192.168.1.91',
      'service.id': '4cdaab83-0000-4000-8000-000000000022',
      'service.port': '22',
      'service.transport': 'tcp',
      ts: '1672008108',
    },
    '192.168.1.91/161/udp/': {
      protocol: 'snmp1\tsnmp2',
      'snmp.community': 's3cr3t-community',
      'service.address': '192.168.1.91',
      'service.id': '4cdaab83-0000-4000-8000-000000000161',
      'service.port': '161',
      'service.transport': 'udp',
      ts: '1672008085',
    },
    '192.168.1.91/443/tcp/': {
      'http.body': '<html>…</html>',
      'http.head.setCookie': 'sid=abcdef; path=/',
      protocol: 'http\ttls',
      'service.address': '192.168.1.91',
      'service.id': '4cdaab83-0000-4000-8000-000000000443',
      'service.port': '443',
      'service.transport': 'tcp',
      ts: '1672008102',
    },
  },
  credentials: { 'snmp-2c:community:s3cr3t-community': true },
  rtts: { 'icmp/echo': [837561, 5320391] },
  attributes: {
    'os.family': 'Windows',
    'os.cpe23': 'cpe:/o:microsoft:windows_server_2012:r2',
    'hw.serialNumber': 'ABC1234\tXYZ9876',
    'switch.name': 'CORE-1',
    'switch.port': '192.168.1.2-1/0/12',
    vlan: '1',
    virtual: 'VMware',
  },
  service_count: 3,
  service_count_tcp: 2,
  service_count_udp: 1,
  service_count_arp: 0,
  service_count_icmp: 0,
  software_count: 2,
  vulnerability_count: 5,
  finding_count: 1,
  lowest_ttl: 0,
  lowest_rtt: 837561,
  last_agent_id: '1b1de331-e7dd-48c1-8d21-18db913e79e2',
  last_task_id: 'f3740388-e892-4a42-b5a3-b0a2454017e2',
  newest_mac: '00:50:56:89:b0:e1',
  newest_mac_vendor: 'VMware, Inc.',
  newest_mac_age: 946944000000000000,
  comments: 'file server',
  service_ports_tcp: ['22', '443'],
  service_ports_udp: ['161'],
  service_protocols: ['http', 'snmp1', 'snmp2', 'ssh', 'tls'],
  service_products: ['openbsd openssh'],
  source_ids: [1],
  sources: ['runZero'],
  eol_os: 1539043200,
  eol_os_ext: 1696896000,
  risk: 'high',
  risk_rank: 3,
  outlier_score: 0,
  outlier_raw: 0,
  org_name: 'Example Org',
  site_name: 'Primary',
  agent_name: 'EXPLORER-1',
  agent_external_ip: '198.51.100.7',
  hosted_zone_name: null,
  subnets: {},
  foreign_attributes: {},
};

/** A device that answered a ping once, as consoles of 2022 list it. */
const MINIMAL: unknown = {
  id: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12',
  organization_id: '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01',
  site_id: 'b4a1c1f0-1111-4222-8333-944455556666',
  created_at: 1672007446,
  updated_at: 0,
  first_seen: 1672007309,
  last_seen: 1672008118,
  alive: false,
  scanned: true,
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
  addresses: [],
  addresses_extra: [],
  macs: [],
  names: [],
  tags: {},
  newest_mac: null,
  newest_mac_vendor: null,
  newest_mac_age: null,
  lowest_rtt: null,
  comments: null,
  agent_name: null,
  eol_os: 0,
  eol_os_ext: 0,
  service_count: 0,
  services: {},
  attributes: {},
  credentials: {},
  foreign_attributes: null,
};

function read(value: unknown): AssetRecord {
  const asset = assetReader.read(value);
  if (asset === undefined) throw new Error('The record is not readable.');
  return asset;
}

/** A readable record with some fields of its own. */
function asset(fields: Readonly<Record<string, unknown>>): AssetRecord {
  return read({ ...(MINIMAL as object), ...fields });
}

/** Without what is undefined, which is as good as absent in the graph. */
function known(entity: object): object {
  return JSON.parse(JSON.stringify(entity)) as object;
}

describe('toAssetEntity', () => {
  it('makes the documented entity of a full record', () => {
    const { _rawData, ...entity } = toAssetEntity(read(EXAMPLE), NOW);

    expect(known(entity)).toEqual({
      _type: 'rumble_asset',
      _class: ['Device'],
      _key: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11',
      id: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11',
      name: 'FILE_SRV_01',
      displayName: 'FILE_SRV_01',
      category: 'Server',
      type: 'Server',
      ipv4Addresses: ['192.168.1.91', '203.0.113.20', '10.9.0.4'],
      ipv6Addresses: ['fe80::250:56ff:fe89:b0e1'],
      publicIpAddresses: ['203.0.113.20'],
      privateIpAddresses: ['192.168.1.91', 'fe80::250:56ff:fe89:b0e1', '10.9.0.4'],
      macAddresses: ['00:50:56:89:b0:e1'],
      macAddress: ['00:50:56:89:b0:e1'],
      hostname: 'FS01',
      fqdn: ['FS01.CORP.EXAMPLE.COM'],
      serial: 'ABC1234',
      deviceId: null,
      createdAt: 1672007446000,
      createdOn: 1672007446000,
      updatedAt: 1672926250000,
      updatedOn: 1672926250000,
      firstSeen: 1672007309000,
      lastSeen: 1672008118000,
      lastSeenOn: 1672008118000,
      make: 'Super Micro',
      hardwareVendor: 'Super Micro',
      model: 'X10',
      hardwareModel: 'X10',
      hardware: 'Super Micro X10',
      osName: 'Windows Server 2012 R2',
      osVersion: null,
      osDetails: 'Microsoft Windows Server 2012 R2',
      osVendor: 'Microsoft',
      osType: 'windows',
      alive: true,
      scanned: true,
      detectedBy: 'arp',
      serviceCount: 3,
      softwareCount: 2,
      vulnerabilityCount: 5,
      findingCount: 1,
      lastAgentId: '1b1de331-e7dd-48c1-8d21-18db913e79e2',
      lastTaskId: 'f3740388-e892-4a42-b5a3-b0a2454017e2',
      newestMacAddress: '00:50:56:89:b0:e1',
      newestMacVendor: 'VMware, Inc.',
      orgName: 'Example Org',
      siteName: 'Primary',
      organizationId: '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01',
      siteId: 'b4a1c1f0-1111-4222-8333-944455556666',
      osEolOn: 1539043200000,
      osExtendedEolOn: 1696896000000,
      osEolExpired: true,
      osExtendedEolExpired: true,
      riskLevel: 'high',
      riskRank: 3,
      servicePortsTcp: ['22', '443'],
      servicePortsUdp: ['161'],
      serviceProtocols: ['http', 'snmp1', 'snmp2', 'ssh', 'tls'],
      serviceProducts: ['openbsd openssh'],
      tags: ['production'],
      'tag.cost-center': '42',
      'tag.name': 'not-the-name',
      sources: ['runZero'],
    });
    expect(_rawData).toHaveLength(1);
  });

  it('lets no secret of the device into the entity or its raw data', () => {
    const text = JSON.stringify(toAssetEntity(read(EXAMPLE), NOW));

    expect(text).not.toContain('s3cr3t-community');
    expect(text).not.toContain('sid=abcdef');
    expect(text).not.toContain('<html>');
    expect(text).not.toContain('OpenSSH_8.0');
  });

  it('makes an entity of a record without content', () => {
    const { _rawData, ...entity } = toAssetEntity(read(MINIMAL), NOW);

    expect(known(entity)).toEqual({
      _type: 'rumble_asset',
      _class: ['Device'],
      _key: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12',
      id: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12',
      name: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12',
      displayName: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12',
      category: null,
      ipv4Addresses: null,
      ipv6Addresses: null,
      publicIpAddresses: null,
      privateIpAddresses: null,
      macAddresses: null,
      macAddress: null,
      hostname: null,
      fqdn: null,
      serial: null,
      deviceId: null,
      lastSeenOn: 1672008118000,
      lastSeen: 1672008118000,
      firstSeen: 1672007309000,
      createdAt: 1672007446000,
      createdOn: 1672007446000,
      make: null,
      model: null,
      osName: null,
      osVersion: null,
      osDetails: null,
      osType: null,
      alive: false,
      scanned: true,
      detectedBy: 'icmp',
      serviceCount: 0,
      organizationId: '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01',
      siteId: 'b4a1c1f0-1111-4222-8333-944455556666',
    });
    expect(_rawData).toHaveLength(1);
  });

  it.each([
    [{ names: ['FIRST', 'SECOND'], hw: 'X10' }, 'FIRST'],
    [{ names: ['', ' '], hw: 'X10' }, 'X10'],
    [{ names: [], hw: ' X10 ' }, 'X10'],
    [{ names: [], hw: ' ' }, '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d12'],
  ])('names %j %s', (fields, name) => {
    expect(toAssetEntity(asset(fields), NOW)).toMatchObject({ name, displayName: name });
  });

  it.each([
    ['known', { eol_os: 0, eol_os_ext: 0 }, [undefined, undefined, undefined, undefined]],
    ['known, although extended', { eol_os: 0, eol_os_ext: 100 }, [undefined, 100_000, undefined, undefined]],
    ['over', { eol_os: 1_539_043_200, eol_os_ext: 0 }, [1_539_043_200_000, undefined, true, true]],
    ['over now', { eol_os: NOW / 1000, eol_os_ext: 0 }, [NOW, undefined, true, true]],
    ['over in a second', { eol_os: NOW / 1000 + 1, eol_os_ext: 0 }, [NOW + 1000, undefined, false, false]],
    [
      'over, but extended',
      { eol_os: NOW / 1000 - 1, eol_os_ext: NOW / 1000 + 1 },
      [NOW - 1000, NOW + 1000, true, false],
    ],
    [
      'still given, although the extended one is over',
      { eol_os: NOW / 1000 + 1, eol_os_ext: NOW / 1000 - 1 },
      [NOW + 1000, NOW - 1000, false, false],
    ],
  ])('tells support that is %s', (_, fields, [osEolOn, osExtendedEolOn, osEolExpired, osExtendedEolExpired]) => {
    expect(toAssetEntity(asset(fields), NOW)).toMatchObject({
      osEolOn,
      osExtendedEolOn,
      osEolExpired,
      osExtendedEolExpired,
    });
  });

  it.each([
    ['Ubuntu Linux', '22.04', 'Ubuntu Linux 22.04'],
    ['Ubuntu Linux', '', 'Ubuntu Linux'],
    ['', '22.04', '22.04'],
    ['', '', null],
    [null, null, null],
  ])('details %j %j as %j', (os, osVersion, osDetails) => {
    expect(toAssetEntity(asset({ os, os_version: osVersion }), NOW)['osDetails']).toBe(osDetails);
  });

  it('keeps hardware addresses that are some, in lower case, once', () => {
    const macs = ['00:50:56:89:B0:E1', '00:50:56:89:b0:e1', '00-50-56-89-b0-e1', '00:50:56', ''];

    expect(toAssetEntity(asset({ macs }), NOW)).toMatchObject({
      macAddresses: ['00:50:56:89:b0:e1'],
      macAddress: ['00:50:56:89:b0:e1'],
    });
  });

  it('cuts lists of ports, protocols and products at 200 items', () => {
    const ports = Array.from({ length: 300 }, (_, port) => String(port));

    const entity = toAssetEntity(asset({ service_ports_tcp: ports, service_products: ports.slice(0, 200) }), NOW);

    expect(entity['servicePortsTcp']).toEqual(ports.slice(0, 200));
    expect(entity['serviceProducts']).toEqual(ports.slice(0, 200));
  });

  it.each([
    [{ 'hw.serialNumber': 'ABC\tDEF' }, 'ABC'],
    [{ 'hw.serialNumber': ' ABC ' }, 'ABC'],
    [{ 'hw.serialNumber': '' }, null],
    [{ '@rumble.scan.hw.serialNumber': 'ABC' }, null],
    [undefined, null],
  ])('finds in %j the serial number %j', (attributes, serial) => {
    expect(toAssetEntity(asset({ attributes }), NOW)['serial']).toBe(serial);
  });

  it('lets no tag take the place of a property', () => {
    const tags = { name: 'tag name', owner: 'tag owner', classification: 'secret', risk_level: 'x' };

    const entity = toAssetEntity(asset({ names: ['HOST'], tags }), NOW);

    expect(entity).toMatchObject({
      name: 'HOST',
      'tag.name': 'tag name',
      'tag.owner': 'tag owner',
      'tag.risk-level': 'x',
    });
    expect(entity).not.toHaveProperty('owner');
    expect(entity).not.toHaveProperty('classification');
  });

  it('keeps words for risk and criticality out of the properties that are numbers to JupiterOne', () => {
    const entity = toAssetEntity(asset({ risk: 'high', risk_rank: 3, criticality: 'medium' }), NOW);

    expect(entity).toMatchObject({ riskLevel: 'high', riskRank: 3 });
    expect(entity).not.toHaveProperty('risk');
    expect(entity).not.toHaveProperty('criticality');
  });

  it.each([
    [0, undefined, null],
    [-5, undefined, null],
    [null, undefined, null],
    [253_402_300_799, 253_402_300_799_000, 253_402_300_799_000],
    [253_402_300_800, 253_402_300_800_000, null],
    [1e300, undefined, null],
  ])('takes a last sighting at %j s', (lastSeen, expected, expectedOn) => {
    expect(toAssetEntity(asset({ last_seen: lastSeen }), NOW)).toMatchObject({
      lastSeen: expected,
      lastSeenOn: expectedOn,
    });
  });
});
