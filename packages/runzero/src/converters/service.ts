import { isIP } from 'node:net';
import type { Entity } from '@jupiterone/integration-sdk-core';
import { millis, text, withRawData } from '@vendor-graph/integration';
import { createService } from '../data-model.js';
import type { ServiceRecord } from '../records.js';
import { portOf } from './port.js';

/** The entity of a network service. */
export function toServiceEntity(service: ServiceRecord): Entity {
  const address = text(service.service_address);
  const transport = text(service.service_transport);
  const port = portOf(service.service_port);
  const protocols = protocolsOf(service.service_protocol);
  const name = nameOf(address, port, transport) ?? service.service_id;
  const createdOn = millis(service.service_created_at);
  return withRawData(
    createService({
      _key: service.service_id,
      id: service.service_id,
      name,
      displayName: protocols === undefined ? name : `${name} (${protocols.join(', ')})`,
      ipAddress: address !== undefined && isIP(address) !== 0 ? address : undefined,
      port,
      transport,
      virtualHost: text(service.service_vhost),
      protocols,
      hasScreenshot: service.service_has_screenshot,
      assetId: service.service_asset_id,
      organizationId: service.service_organization_id,
      createdOn,
      updatedOn: millis(service.service_updated_at),
    }),
    service,
  );
}

/** `192.0.2.1:22/tcp`; without a port, as for ARP, `192.0.2.1/arp`. */
function nameOf(address: string | undefined, port: number | undefined, transport: string | undefined) {
  if (address === undefined) return undefined;
  const host = isIP(address) === 6 ? `[${address}]` : address;
  return `${host}${port === undefined ? '' : `:${port}`}${transport === undefined ? '' : `/${transport}`}`;
}

/** The documentation says a text, the console sends a list. */
function protocolsOf(protocol: string | readonly string[] | undefined): string[] | undefined {
  const list = typeof protocol === 'string' ? protocol.split('\t') : (protocol ?? []);
  const named = [...new Set(list.map(text).filter((one) => one !== undefined))];
  return named.length > 0 ? named : undefined;
}
