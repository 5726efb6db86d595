import { IntegrationInfoEventName } from '@jupiterone/integration-sdk-core';
import { mapConcurrent } from '@vendor-graph/flow-control';
import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { MAX_CONCURRENT_REQUESTS } from '../client.js';
import { accountKey } from '../converters/account.js';
import { agentKey, toAgentEntity } from '../converters/agent.js';
import { protectsRelationships } from '../converters/protects.js';
import {
  ACCOUNT_HAS_AGENT,
  AGENT,
  AGENT_IDENTIFIED_CVE,
  AGENT_PROTECTS_AWS_INSTANCE,
  AGENT_PROTECTS_SERVER,
} from '../data-model.js';
import { AgentIndex } from '../vulnerabilities/agent-index.js';
import { collectFindings, type CollectedFindings, type Strategy } from '../vulnerabilities/collect-findings.js';
import { relationshipBatches } from '../vulnerabilities/relationship-batches.js';
import { fetchAgents } from './fetch-agents.js';
import type { ThreatStackStep, ThreatStackStepContext } from './step.js';

/** So many agents that the vulnerability data names and the listings do not are looked up, one request each. */
const MAX_UNLISTED_AGENTS = 50;

const STRATEGIES: Readonly<Record<Strategy, string>> = {
  rows: 'taken from the rows themselves',
  'by-cve': 'read CVE by CVE',
  'by-agent': 'read agent by agent',
};

export const fetchVulnerabilities: ThreatStackStep = {
  id: 'fetch-vulnerabilities',
  name: 'Fetch vulnerabilities',
  // Agents too: one that the listings missed, because it went offline in between, is looked up and added here.
  entities: [AGENT],
  relationships: [ACCOUNT_HAS_AGENT],
  mappedRelationships: [AGENT_IDENTIFIED_CVE, AGENT_PROTECTS_AWS_INSTANCE, AGENT_PROTECTS_SERVER],
  dependsOn: [fetchAgents.id],
  authorization: {
    permissions: ['Read access to agents', 'Read access to vulnerabilities'],
    endpoints: ['GET /v2/vulnerabilities', 'GET /v2/vulnerabilities/{cve}/servers', 'GET /v2/agents/{id}'],
  },
  async run(context) {
    const { client, jobState, logger } = context;
    const skippedRows = new SkipReport(logger, 'rows of vulnerability listings');
    const skippedAgents = new SkipReport(logger, 'agents with vulnerabilities');

    const index = new AgentIndex(await agentIdsIn(context));
    const collected = await collectFindings(client, index, skippedRows);
    await addUnlistedAgents(context, index.unlisted, skippedAgents);

    // Of agents that could not be found there is no entity to relate anything to.
    const agentKeys = index.ids.map(agentKey).map((key) => (jobState.hasKey(key) ? key : undefined));
    for (const relationships of relationshipBatches(collected.cves, (agent) => agentKeys[agent]))
      await addRelationshipsOnce(jobState, relationships);

    skippedRows.publish();
    skippedAgents.publish();
    tellHowItWasRead(context, collected);
  },
};

async function agentIdsIn({ jobState }: ThreatStackStepContext): Promise<string[]> {
  const ids: string[] = [];
  await jobState.iterateEntities({ _type: AGENT._type }, ({ id }) => {
    if (typeof id === 'string') ids.push(id);
  });
  return ids;
}

/** Looks up agents that are in no listing, and gives those that exist everything that a listed agent has. */
async function addUnlistedAgents(
  { client, config, jobState }: ThreatStackStepContext,
  ids: readonly string[],
  skipped: SkipReport,
): Promise<void> {
  const records = mapConcurrent(ids.slice(0, MAX_UNLISTED_AGENTS), (id, signal) => client.agent(id, signal), {
    concurrency: MAX_CONCURRENT_REQUESTS,
  });
  for await (const record of records) {
    // An agent that was revoked meanwhile: Threat Stack has deleted its data, so that nothing is lost here.
    if (record === undefined) continue;
    const agent = toAgentEntity(record);
    await addEntitiesOnce(jobState, [agent]);
    await addRelationshipsOnce(jobState, [
      directRelationship(ACCOUNT_HAS_AGENT, accountKey(config.orgId), agent._key),
      ...protectsRelationships(agent),
    ]);
  }
  skipped.skip(
    `in no listing of agents and beyond the ${MAX_UNLISTED_AGENTS} that are looked up singly`,
    ids.length - MAX_UNLISTED_AGENTS,
  );
}

function tellHowItWasRead(
  { client, logger }: ThreatStackStepContext,
  { strategy, truncatedAt }: CollectedFindings,
): void {
  const cutOff = truncatedAt === undefined ? '' : ` Threat Stack cuts the rows' lists of agents off at ${truncatedAt}.`;
  const waited = Math.round(client.rateLimitWaitMs / 1000);
  logger.publishInfoEvent({
    name: IntegrationInfoEventName.Stats,
    description:
      `Which agents have which vulnerability was ${STRATEGIES[strategy]}, requests: ${client.vulnerabilityRequests}; ` +
      `the waits of all requests of the collection for the rate limit add up to ${waited} s so far.${cutOff}`,
  });
}
