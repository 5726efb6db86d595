import { describe, expect, it } from 'vitest';
import { toSiteEntity } from './site.js';

const ID = 'c9f0bc41-afdb-4053-945a-2a5333d1565a';

describe('toSiteEntity', () => {
  it('makes an entity of a full record', () => {
    const { _rawData, ...entity } = toSiteEntity({
      id: ID,
      created_at: 1642795486,
      updated_at: 1642795487,
      client_id: 'a72b7a35-d1d0-4aec-890f-7c8d8a580cf4',
      organization_id: '463fed64-54bf-4369-b4b4-86a039773470',
      name: 'Corporate',
      description: 'Ground floor',
      scope: '192.168.0.0/16',
      excludes: '',
      inactive: false,
      deactivated_at: 0,
      service_count: 355,
      service_count_tcp: 185,
      service_count_udp: 76,
      service_count_arp: 45,
      service_count_icmp: 45,
      asset_count: 45,
      live_asset_count: 44,
      recent_asset_count: 0,
      software_count: 0,
      vulnerability_count: 1,
      subnets: { '0.0.0.0/32': { description: 'TestSubnet' }, '10.0.0.0/8': {} },
      asset_address_count: 47,
      asset_address_extra_count: 12,
      last_task_id: '374cc0f8-ca77-40d8-96c8-b53d563e7880',
      last_task_at: 1642795488,
      last_task_by: 'first.last@example.com',
      last_task_duration: 300,
    });

    expect(JSON.parse(JSON.stringify(entity))).toEqual({
      _type: 'rumble_site',
      _class: ['Site'],
      _key: ID,
      id: ID,
      name: 'Corporate',
      displayName: 'Corporate',
      clientId: 'a72b7a35-d1d0-4aec-890f-7c8d8a580cf4',
      organizationId: '463fed64-54bf-4369-b4b4-86a039773470',
      createdAt: 1642795486000,
      createdOn: 1642795486000,
      updatedAt: 1642795487000,
      updatedOn: 1642795487000,
      description: 'Ground floor',
      scope: '192.168.0.0/16',
      excludes: '',
      inactive: false,
      active: true,
      serviceCount: 355,
      serviceCountTCP: 185,
      serviceCountUDP: 76,
      serviceCountARP: 45,
      serviceCountICMP: 45,
      assetCount: 45,
      liveAssetCount: 44,
      recentAssetCount: 0,
      softwareCount: 0,
      vulnerabilityCount: 1,
      assetAddressCount: 47,
      assetAddressExtraCount: 12,
      subnets: ['0.0.0.0/32', '10.0.0.0/8'],
      lastTaskId: '374cc0f8-ca77-40d8-96c8-b53d563e7880',
      lastTaskAt: 1642795488000,
      lastTaskBy: 'first.last@example.com',
      lastTaskDuration: 300,
    });
    expect(_rawData).toHaveLength(1);
  });

  it('is called by its id when it has no name', () => {
    expect(toSiteEntity({ id: ID, name: ' ' })).toMatchObject({ _key: ID, name: ID, displayName: ID });
  });
});
