import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import type { Clock } from '@vendor-graph/flow-control';
import { defineIntegration } from '@vendor-graph/integration';
import { ThreatStackClient } from './client.js';
import { configFields, readThreatStackConfig } from './config.js';
import { ingestionSources } from './ingestion-sources.js';
import { credentialHelp, explainRefusal } from './refused-credentials.js';
import { buildAgentProtects } from './steps/build-agent-protects.js';
import { fetchAccount } from './steps/fetch-account.js';
import { fetchAgents } from './steps/fetch-agents.js';
import { fetchAlerts } from './steps/fetch-alerts.js';
import { fetchEc2Coverage } from './steps/fetch-ec2-coverage.js';
import { fetchVulnerabilities } from './steps/fetch-vulnerabilities.js';
import { explainUnreachable } from './unreachable.js';

/**
 * Threat Stack as a JupiterOne integration.
 *
 * @param options.clock what waits and signatures go by; the machine's clock unless a test says otherwise
 * @param options.random from 0 to 1; what jitter is drawn from
 */
export function threatStackIntegration(
  options: { clock?: Clock; random?: () => number } = {},
): IntegrationInvocationConfig {
  return defineIntegration({
    vendor: 'threatstack',
    fields: configFields,
    readConfig: readThreatStackConfig,
    createClient: (config, { logger, sharedLimit }) =>
      new ThreatStackClient({
        ...config,
        ...options,
        sharedLimit: sharedLimit(config.orgId),
        onClockSkew: (offsetMs) => {
          const seconds = Math.round(offsetMs / 1000);
          logger.warn(
            { seconds },
            "The server's clock differs from this machine's; requests are signed with the server's time.",
          );
        },
        onUnverifiedAnswer: () => {
          logger.warn(
            'The signature of an answer is wrong; something between Threat Stack and this machine may change answers.',
          );
        },
      }),
    async checkCredentials(client, config) {
      try {
        await client.checkAccess();
      } catch (error) {
        throw await explainRefusal(explainUnreachable(error, config.apiBaseUrl), () => client.isKeyAccepted());
      }
    },
    steps: [fetchAccount, fetchAgents, buildAgentProtects, fetchVulnerabilities, fetchAlerts, fetchEc2Coverage],
    ingestionSources,
    credentialHelp,
  });
}
