import type { Entity } from '@jupiterone/integration-sdk-core';
import { millis, text, withRawData } from '@vendor-graph/integration';
import { createWirelessNetwork } from '../data-model.js';
import type { WirelessNetworkRecord } from '../records.js';

/** The entity of a wireless network. */
export function toWirelessNetworkEntity(network: WirelessNetworkRecord): Entity {
  const essid = text(network.essid);
  const bssid = text(network.bssid);
  const name = essid ?? bssid ?? network.id;
  return withRawData(
    createWirelessNetwork({
      _key: network.id,
      id: network.id,
      name,
      displayName: name,
      wireless: true,
      // What is in the air is told, not which addresses are used or whose the network is.
      CIDR: null,
      internal: null,
      // Whoever is in reach may hear it, but it does not face the Internet.
      public: false,
      essid,
      bssid,
      type: text(network.type),
      authentication: text(network.authentication),
      encryption: text(network.encryption),
      signal: network.signal,
      interface: text(network.interface),
      vendor: text(network.vendor),
      family: text(network.family),
      createdOn: millis(network.created_at),
      lastSeenOn: millis(network.last_seen),
      organizationId: text(network.organization_id),
      siteId: text(network.site_id),
      orgName: text(network.org_name),
      siteName: text(network.site_name),
      agentName: text(network.agent_name),
    }),
    network,
  );
}
