import type { OrganizationRecord, SiteRecord } from '../records.js';

/** The counters of an organization or a site, under the names of their properties. */
export function countersOf(record: OrganizationRecord | SiteRecord): {
  serviceCount: number | undefined;
  serviceCountTCP: number | undefined;
  serviceCountUDP: number | undefined;
  serviceCountARP: number | undefined;
  serviceCountICMP: number | undefined;
  assetCount: number | undefined;
  liveAssetCount: number | undefined;
  recentAssetCount: number | undefined;
  softwareCount: number | undefined;
  vulnerabilityCount: number | undefined;
} {
  return {
    serviceCount: record.service_count,
    serviceCountTCP: record.service_count_tcp,
    serviceCountUDP: record.service_count_udp,
    serviceCountARP: record.service_count_arp,
    serviceCountICMP: record.service_count_icmp,
    assetCount: record.asset_count,
    liveAssetCount: record.live_asset_count,
    recentAssetCount: record.recent_asset_count,
    softwareCount: record.software_count,
    vulnerabilityCount: record.vulnerability_count,
  };
}
