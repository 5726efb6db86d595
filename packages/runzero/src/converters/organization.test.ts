import { describe, expect, it } from 'vitest';
import { recordReader } from '@vendor-graph/integration';
import { organizationSchema, type OrganizationRecord } from '../records.js';
import { toOrganizationEntity } from './organization.js';

const ID = '0f6f3a52-5b0b-4f0e-8f57-3f7d3c1f9a01';
const CLIENT = 'a72b7a35-d1d0-4aec-890f-7c8d8a580cf4';
const ZERO = '00000000-0000-0000-0000-000000000000';

function organization(fields: Readonly<Record<string, unknown>>): OrganizationRecord {
  const record = recordReader(organizationSchema).read({ id: ID, client_id: CLIENT, ...fields });
  if (record === undefined) throw new Error('The record is not readable.');
  return record;
}

describe('toOrganizationEntity', () => {
  it('makes an entity of a full record, with real times and without its tokens', () => {
    const record = organization({
      created_at: 1644261959,
      created_by: 'first.last@example.com',
      updated_at: 1645735452,
      download_token: 'DT11226D9EEEA2B035D42569585900',
      download_token_created_at: 1644265342,
      demo: false,
      project: false,
      parent_id: ZERO,
      name: 'Example Org',
      description: '',
      inactive: false,
      deactivated_at: 0,
      service_count: 5,
      service_count_tcp: 1,
      service_count_udp: 1,
      service_count_arp: 2,
      service_count_icmp: 1,
      asset_count: 2,
      live_asset_count: 1,
      recent_asset_count: 0,
      software_count: 3,
      vulnerability_count: 4,
      export_token: 'ET11226D9EEEA2B035D42569585900',
      export_token_created_at: 1644265342,
      export_token_last_used_at: 1645735452,
      export_token_last_used_by: '192.0.2.10',
      export_token_counter: 17,
      expiration_assets_stale: 5,
      expiration_assets_offline: 6,
      expiration_scans: 365,
      expiration_warning_last_sent: 0,
    });

    const { _rawData, ...entity } = toOrganizationEntity(record, true);

    expect(JSON.parse(JSON.stringify(entity))).toEqual({
      _type: 'rumble_organization',
      _class: ['Organization'],
      _key: ID,
      id: ID,
      name: 'Example Org',
      displayName: 'Example Org',
      clientId: CLIENT,
      parentId: ZERO,
      createdBy: 'first.last@example.com',
      createdAt: 1644261959000,
      createdOn: 1644261959000,
      updatedAt: 1645735452000,
      updatedOn: 1645735452000,
      demo: false,
      project: false,
      inactive: false,
      active: true,
      serviceCount: 5,
      serviceCountTCP: 1,
      serviceCountUDP: 1,
      serviceCountARP: 2,
      serviceCountICMP: 1,
      assetCount: 2,
      liveAssetCount: 1,
      recentAssetCount: 0,
      softwareCount: 3,
      vulnerabilityCount: 4,
      downloadTokenCreatedAt: 1644265342000,
      exportTokenCreatedAt: 1644265342000,
      exportTokenLastUsedAt: 1645735452000,
      exportTokenLastUsedBy: '192.0.2.10',
      exportTokenCounter: 17,
      hasExportToken: true,
      expirationAssetsStale: 5,
      expirationAssetsOffline: 6,
      expirationScans: 365,
    });
    expect(JSON.stringify(_rawData)).toContain('"expiration_scans":365');
    expect(JSON.stringify(_rawData)).not.toContain('11226D9EEEA2B035D42569585900');
  });

  it.each([
    [{}, { name: ID, displayName: ID, active: undefined, hasExportToken: undefined }],
    [{ name: ' ' }, { name: ID }],
    [
      { name: null, description: null },
      { name: ID, description: undefined },
    ],
    [{ description: ' kept ' }, { description: 'kept' }],
    [
      { inactive: true, deactivated_at: 1645735452 },
      { inactive: true, active: false, deactivatedAt: 1645735452000 },
    ],
  ])('reads %j', (fields, expected) => {
    expect(toOrganizationEntity(organization(fields), undefined)).toMatchObject(expected);
  });
});
