import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import type { Clock } from '@vendor-graph/flow-control';
import { defineIntegration } from '@vendor-graph/integration';
import { PanopticaClient } from './client.js';
import { configFields, readPanopticaConfig } from './config.js';
import { buildClusterRiskRelationship } from './steps/build-cluster-risk-relationship.js';
import { fetchAccount } from './steps/fetch-account.js';
import { fetchClusters } from './steps/fetch-clusters.js';
import { fetchContainers } from './steps/fetch-containers.js';
import { fetchImages } from './steps/fetch-images.js';
import { fetchRisks } from './steps/fetch-risks.js';
import { fetchUsers } from './steps/fetch-users.js';
import { fetchVulnerabilities } from './steps/fetch-vulnerabilities.js';

/**
 * Cisco Panoptica as a JupiterOne integration.
 *
 * @param options.clock what waits go by; the machine's clock unless a test says otherwise. Signatures always carry the
 * machine's time.
 * @param options.random from 0 to 1; what jitter is drawn from
 */
export function panopticaIntegration(
  options: { clock?: Clock; random?: () => number } = {},
): IntegrationInvocationConfig {
  return defineIntegration({
    vendor: 'panoptica',
    fields: configFields,
    readConfig: readPanopticaConfig,
    createClient: (config) => new PanopticaClient({ ...config, ...options }),
    // The list is needed later anyway and remembered until then.
    checkCredentials: async (client) => {
      await client.users();
    },
    steps: [
      fetchAccount,
      fetchUsers,
      fetchClusters,
      fetchImages,
      fetchVulnerabilities,
      fetchRisks,
      buildClusterRiskRelationship,
      fetchContainers,
    ],
    credentialHelp:
      'Check PANOPTICA_ACCESS_KEY and PANOPTICA_SECRET_KEY: both belong to one service user, which must be active ' +
      '(System > Manage Users in the Panoptica console). Check that the clock of this machine is right, too.',
  });
}
