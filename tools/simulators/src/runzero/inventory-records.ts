import { Random } from '../kit/random.js';
import { CANARIES } from './asset-template.js';
import type { AssetFields } from './asset-template.js';
import { DATA_TIME, ZERO_ID } from './tenancy.js';
import type { Organization } from './tenancy.js';

const DAY = 86_400;

/** What can be exported besides assets and sites. */
export type AssetResource = 'services' | 'software' | 'vulnerabilities';

/** The records that hang on one asset; each repeats the asset's own fields. */
export function recordsOfAsset(resource: AssetResource, asset: AssetFields): AssetFields[] {
  switch (resource) {
    case 'services':
      return servicesOf(asset);
    case 'software':
      return softwareOf(asset);
    case 'vulnerabilities':
      return vulnerabilitiesOf(asset);
  }
}

function servicesOf(asset: AssetFields): AssetFields[] {
  return Object.entries(asset['services'] as Record<string, Record<string, string>>).map(([key, data], index) => {
    const [address = '', port = '', transport = '', vhost = ''] = key.split('/');
    const id = derivedId(asset, 'a', index);
    return {
      ...asset,
      // The trap of this export: the service's id, where the asset's is expected.
      id,
      services: {},
      service_id: id,
      service_asset_id: asset['id'],
      service_organization_id: asset['organization_id'],
      service_created_at: asset['created_at'],
      service_updated_at: index === 0 ? 0 : asset['updated_at'],
      service_address: address,
      service_port: Number(port),
      service_transport: transport,
      service_vhost: vhost,
      service_protocol: (data['protocol'] ?? '').split('\t'),
      service_source_ids: null,
      service_summary: data['banner'] ?? '',
      service_link: '',
      service_screenshot_link: '',
      service_screenshot_key: '',
      service_has_screenshot: false,
      service_data: data,
    };
  });
}

const PROGRAMS = [
  ['Google', 'Chrome', '114.0.5735.90'],
  ['Mozilla', 'Firefox', '115.0'],
  ['OpenBSD', 'OpenSSH', '8.0'],
  ['Oracle', 'MySQL', '8.0.33'],
  ['', 'in-house agent', ''],
] as const;

function softwareOf(asset: AssetFields): AssetFields[] {
  return Array.from({ length: Number(asset['software_count']) }, (_, index) => {
    const random = new Random(derivedId(asset, 'b', index));
    const [vendor, product, version] = random.pick(PROGRAMS);
    return {
      ...asset,
      services: {},
      software_id: derivedId(asset, 'b', index),
      software_asset_id: asset['id'],
      software_organization_id: asset['organization_id'],
      software_source_id: 1,
      software_created_at: asset['created_at'],
      software_updated_at: asset['updated_at'],
      software_installed_at: random.chance(0.5) ? DATA_TIME - random.integer(1, 900) * DAY : 0,
      software_installed_size: 0,
      software_installed_from: random.chance(0.5) ? 'C:\\Program Files' : '',
      software_app_id: '',
      software_part: 'a',
      software_vendor: vendor,
      software_product: product,
      software_version: version,
      software_update: '',
      software_edition: '',
      software_language: '',
      software_target_sw: '',
      software_target_hw: '',
      software_cpe23: vendor === '' ? '' : `cpe:/a:${vendor}:${product}:${version}`.toLowerCase(),
      software_service_address: '',
      software_service_transport: '',
      software_service_port: '0',
      software_attributes: { licenseKey: CANARIES.foreign },
    };
  });
}

const WEAKNESSES = [
  { name: 'Outdated OpenSSH', cve: 'CVE-2021-41617', severity: 'Medium', score: 7 },
  { name: 'Log4Shell', cve: 'cve-2021-44228', severity: 'Critical', score: 10 },
  { name: 'Default SNMP community', cve: '', severity: 'High', score: 8 },
  { name: 'Self-signed certificate', cve: '', severity: 'Info', score: 0 },
  { name: 'Weak cipher', cve: 'not assigned', severity: 'Low', score: 3 },
] as const;

function vulnerabilitiesOf(asset: AssetFields): AssetFields[] {
  return Array.from({ length: Number(asset['vulnerability_count']) }, (_, index) => {
    const random = new Random(derivedId(asset, 'c', index));
    const { name, cve, severity, score } = random.pick(WEAKNESSES);
    return {
      ...asset,
      services: {},
      vulnerability_id: derivedId(asset, 'c', index),
      vulnerability_asset_id: asset['id'],
      vulnerability_organization_id: asset['organization_id'],
      vulnerability_source_id: 1,
      vulnerability_created_at: asset['created_at'],
      vulnerability_updated_at: asset['updated_at'],
      vulnerability_published_at: cve === '' ? 0 : DATA_TIME - 500 * DAY,
      vulnerability_first_detected_at: DATA_TIME - 40 * DAY,
      vulnerability_last_detected_at: DATA_TIME - DAY,
      vulnerability_service_address: '',
      vulnerability_service_transport: 'tcp',
      vulnerability_service_port: random.chance(0.5) ? '22' : 443,
      vulnerability_cpe23: '',
      vulnerability_vuln_id: `rz-${name.toLowerCase().replaceAll(' ', '-')}`,
      vulnerability_category: random.chance(0.3) ? '' : 'Vulnerability',
      vulnerability_name: name,
      vulnerability_description: `${name} was found.`,
      vulnerability_solution: 'Install the current version.',
      vulnerability_cve: cve,
      vulnerability_cvss2_base_score: score,
      vulnerability_cvss2_temporal_score: 0,
      vulnerability_cvss3_base_score: score,
      vulnerability_cvss3_temporal_score: 0,
      vulnerability_severity: severity,
      vulnerability_severity_score: score,
      vulnerability_risk: severity,
      vulnerability_risk_score: score,
      vulnerability_suppressed: random.chance(0.1),
      vulnerability_attributes: { evidence: CANARIES.banner },
    };
  });
}

/** The wireless networks that an organization's sites can see. */
export function wirelessNetworks(organization: Organization, perSite: number): AssetFields[] {
  return organization.sites.flatMap((site) =>
    Array.from({ length: perSite }, (_, index) => {
      const random = new Random(site.id).fork('wireless', index);
      const open = index === 0;
      return {
        id: random.uuid(),
        created_at: DATA_TIME - 60 * DAY,
        last_seen: DATA_TIME - DAY,
        organization_id: organization.id,
        site_id: site.id,
        last_agent_id: random.uuid(),
        last_task_id: ZERO_ID,
        essid: open ? '' : `Café ${index}`,
        bssid: `02:00:5e:00:00:0${index % 10}`,
        type: 'infrastructure',
        authentication: open ? 'open' : 'wpa2-psk',
        encryption: open ? 'none' : 'aes',
        signal: random.integer(0, 100),
        channels: '1',
        interface: 'wlan0',
        vendor: 'Ubiquiti',
        family: '802.11ac',
        data: { psk: CANARIES.community },
        org_name: organization.name,
        site_name: site.name,
        agent_name: 'EXPLORER-1',
      };
    }),
  );
}

/** An id of something that belongs to an asset: the asset's, with its kind and number in front. */
function derivedId(asset: AssetFields, kind: 'a' | 'b' | 'c', index: number): string {
  return `${kind}${index.toString(16).padStart(7, '0')}${String(asset['id']).slice(8)}`;
}
