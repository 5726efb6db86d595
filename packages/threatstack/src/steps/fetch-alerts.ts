import { IntegrationInfoEventName } from '@jupiterone/integration-sdk-core';
import { forEachConcurrent } from '@vendor-graph/flow-control';
import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { alertsWindow } from '../alerts-window.js';
import { MAX_CONCURRENT_REQUESTS } from '../client.js';
import { agentKey } from '../converters/agent.js';
import { toAlertEntity, type AlertStatus } from '../converters/alert.js';
import { AGENT_IDENTIFIED_ALERT, ALERT } from '../data-model.js';
import { ALERTS_SOURCE } from '../ingestion-sources.js';
import type { AlertRecord } from '../records.js';
import { fetchAgents } from './fetch-agents.js';
import type { ThreatStackStep } from './step.js';

export const fetchAlerts: ThreatStackStep = {
  id: 'fetch-alerts',
  name: 'Fetch alerts',
  entities: [ALERT],
  relationships: [AGENT_IDENTIFIED_ALERT],
  dependsOn: [fetchAgents.id],
  ingestionSourceId: ALERTS_SOURCE,
  authorization: { permissions: ['Read access to alerts'], endpoints: ['GET /v2/alerts'] },
  async run({ client, config, jobState, logger, startedOn }) {
    const skipped = new SkipReport(logger, 'alerts');
    let withUnknownAgent = 0;

    async function add(alerts: readonly AlertRecord[], status: AlertStatus): Promise<void> {
      const { added, duplicates } = await addEntitiesOnce(
        jobState,
        alerts.map((alert) => toAlertEntity(alert, status)),
      );
      skipped.duplicate(duplicates);
      const ofAgents = added.flatMap(({ _key, agentId }) =>
        typeof agentId === 'string' ? [directRelationship(AGENT_IDENTIFIED_ALERT, agentKey(agentId), _key)] : [],
      );
      const relationships = ofAgents.filter(({ _fromEntityKey }) => jobState.hasKey(_fromEntityKey));
      withUnknownAgent += ofAgents.length - relationships.length;
      await addRelationshipsOnce(jobState, relationships);
    }

    const window = alertsWindow(startedOn, config);
    const severities = config.alertsSeverities.length > 0 ? config.alertsSeverities : [undefined];
    // Active ones first: an alert that is dismissed meanwhile is then seen twice; in the other order it would be missed.
    for (const status of config.alertsIncludeDismissed ? (['active', 'dismissed'] as const) : (['active'] as const)) {
      const listOne = async (severity: number | undefined, signal: AbortSignal): Promise<void> => {
        for await (const page of client.alerts({ ...window, status, severity }, skipped, signal))
          await add(page, status);
      };
      await forEachConcurrent(severities, listOne, { concurrency: MAX_CONCURRENT_REQUESTS });
    }

    skipped.publish();
    if (withUnknownAgent > 0)
      logger.publishInfoEvent({
        name: IntegrationInfoEventName.Info,
        description: `Alerts without a relationship, because Threat Stack does not list their agents (any more): ${withUnknownAgent}.`,
      });
  },
};
