import { expect, it } from 'vitest';
import { toServiceEntity } from './service.js';

const ID = '4cdaab83-0000-4000-8000-000000000022';
const ASSET = '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11';

it.each([
  [
    { service_address: '192.0.2.1', service_port: 22, service_transport: 'tcp', service_protocol: ['ssh'] },
    {
      name: '192.0.2.1:22/tcp',
      displayName: '192.0.2.1:22/tcp (ssh)',
      ipAddress: '192.0.2.1',
      port: 22,
      protocols: ['ssh'],
    },
  ],
  [
    { service_address: 'fe80::1', service_port: '443', service_transport: 'tcp', service_protocol: 'http\ttls' },
    { name: '[fe80::1]:443/tcp', displayName: '[fe80::1]:443/tcp (http, tls)', port: 443, protocols: ['http', 'tls'] },
  ],
  [
    { service_address: '192.0.2.1', service_port: 0, service_transport: 'arp', service_protocol: [''] },
    { name: '192.0.2.1/arp', displayName: '192.0.2.1/arp', port: undefined, protocols: undefined },
  ],
  [{ service_address: 'not an address' }, { name: 'not an address', ipAddress: undefined }],
  [{}, { name: ID, displayName: ID, ipAddress: undefined }],
])('makes of %j %j', (fields, expected) => {
  expect(toServiceEntity({ service_id: ID, service_asset_id: ASSET, ...fields })).toMatchObject({
    _key: ID,
    _type: 'rumble_service',
    _class: ['NetworkEndpoint'],
    assetId: ASSET,
    ...expected,
  });
});
