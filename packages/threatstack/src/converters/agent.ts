import { assignTags, type Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createAgent } from '../data-model.js';
import type { AgentRecord } from '../records.js';
import { macAddressOf, normalizeAddresses } from './addresses.js';
import { mergeTags } from './agent-tags.js';
import { hostNamesOf } from './host-names.js';

/** The two lists in which Threat Stack keeps agents. */
export type AgentStatus = 'online' | 'offline';

/** The graph's key of an agent. */
export function agentKey(id: string): string {
  return `threatstack:agent:${id}`;
}

/**
 * The entity of an agent.
 *
 * @param listedAs the list that the record came from: its status, where the record itself states none
 */
export function toAgentEntity(agent: AgentRecord, listedAs?: AgentStatus): Entity {
  const name = text(agent.name) ?? text(agent.hostname) ?? agent.id;
  const status = text(agent.status)?.toLowerCase() ?? listedAs;
  const publicAddresses = normalizeAddresses(agent.ipAddresses?.public);
  const privateAddresses = normalizeAddresses(agent.ipAddresses?.private);
  const linkLocalAddresses = normalizeAddresses(agent.ipAddresses?.link_local);
  const osVersion = text(agent.osVersion);
  const lastReportedAt = isoMillis(agent.lastReportedAt);
  const createdAt = isoMillis(agent.createdAt);

  const entity = withRawData(
    createAgent({
      _key: agentKey(agent.id),
      id: agent.id,
      name,
      displayName: name,
      description: text(agent.description),
      function: ['FIM', 'activity-monitor', 'vulnerability-detection'],
      status,
      active: status === undefined ? undefined : status === 'online',
      version: text(agent.version),
      agentType: text(agent.agentType),
      instanceId: text(agent.instanceId),
      ...hostNamesOf(agent.hostname),
      reportedHostname: text(agent.hostname),
      ipAddresses: unlessEmpty([...new Set([...publicAddresses, ...privateAddresses])]),
      publicIpAddress: unlessEmpty(publicAddresses),
      privateIpAddress: unlessEmpty(privateAddresses),
      linkLocalIpAddresses: unlessEmpty(linkLocalAddresses),
      macAddress: unlessEmpty([...new Set(linkLocalAddresses.map(macAddressOf).filter((mac) => mac !== undefined))]),
      osVersion,
      osName: osVersion?.split(' ')[0],
      kernel: text(agent.kernel),
      createdOn: createdAt,
      lastSeenOn: lastReportedAt ?? null,
      // The names of an earlier integration, on which queries still rely.
      createdAt,
      lastReportedAt,
      healthy: agent.agentModuleHealth?.isHealthy,
    }),
    agent,
  );
  assignTags(entity, mergeTags(agent.tags));
  // The SDK shows a tag called Name in place of the agent's own name.
  entity.displayName = name;
  return entity;
}

function unlessEmpty(values: string[]): string[] | undefined {
  return values.length > 0 ? values : undefined;
}
