import {
  addEntitiesOnce,
  addRelationshipsOnce,
  directRelationship,
  isoMillis,
  SkipReport,
} from '@vendor-graph/integration';
import { accountKey } from '../converters/account.js';
import { toAgentEntity, type AgentStatus } from '../converters/agent.js';
import { ACCOUNT_HAS_AGENT, AGENT } from '../data-model.js';
import type { AgentRecord } from '../records.js';
import { fetchAccount } from './fetch-account.js';
import type { ThreatStackStep } from './step.js';

export const fetchAgents: ThreatStackStep = {
  id: 'fetch-agents',
  name: 'Fetch agents',
  entities: [AGENT],
  relationships: [ACCOUNT_HAS_AGENT],
  dependsOn: [fetchAccount.id],
  authorization: { permissions: ['Read access to agents'], endpoints: ['GET /v2/agents'] },
  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'agents');

    async function add(agents: readonly AgentRecord[], status: AgentStatus): Promise<void> {
      const { added, duplicates } = await addEntitiesOnce(
        jobState,
        agents.map((agent) => toAgentEntity(agent, status)),
      );
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        added.map((agent) => directRelationship(ACCOUNT_HAS_AGENT, accountKey(config.orgId), agent._key)),
      );
    }

    // Offline agents first: one that comes up meanwhile is then seen twice; in the other order it would be missed. They are
    // few, because Threat Stack revokes an agent after a day offline, so that they can be held until the others are known.
    const offline = new Map<string, AgentRecord>();
    for await (const page of client.agents('offline', skipped)) {
      for (const agent of page) if (isLater(agent, offline.get(agent.id))) offline.set(agent.id, agent);
    }
    for await (const page of client.agents('online', skipped)) {
      const current = page.filter((agent) => {
        const other = offline.get(agent.id);
        const isCurrent = isLater(agent, other);
        if (other !== undefined) skipped.duplicate();
        if (isCurrent) offline.delete(agent.id);
        return isCurrent;
      });
      await add(current, 'online');
    }
    await add([...offline.values()], 'offline');

    skipped.publish();
  },
};

/** True when an agent reported no earlier than another record of it, or there is none. */
function isLater(agent: AgentRecord, other: AgentRecord | undefined): boolean {
  if (other === undefined) return true;
  return (isoMillis(agent.lastReportedAt) ?? 0) >= (isoMillis(other.lastReportedAt) ?? 0);
}
