import { addRelationshipsOnce } from '@vendor-graph/integration';
import { protectsRelationships } from '../converters/protects.js';
import { AGENT, AGENT_PROTECTS_AWS_INSTANCE, AGENT_PROTECTS_SERVER } from '../data-model.js';
import { fetchAgents } from './fetch-agents.js';
import type { ThreatStackStep } from './step.js';

export const buildAgentProtects: ThreatStackStep = {
  id: 'build-agent-protects',
  name: 'Relate agents to the hosts that they protect',
  entities: [],
  relationships: [],
  mappedRelationships: [AGENT_PROTECTS_AWS_INSTANCE, AGENT_PROTECTS_SERVER],
  dependsOn: [fetchAgents.id],
  async run({ jobState }) {
    await jobState.iterateEntities({ _type: AGENT._type }, async (agent) => {
      await addRelationshipsOnce(jobState, protectsRelationships(agent));
    });
  },
};
