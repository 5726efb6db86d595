import type { Relationship } from '@jupiterone/integration-sdk-core';
import {
  addEntitiesOnce,
  addRelationshipsOnce,
  directRelationship,
  recordReader,
  SkipReport,
} from '@vendor-graph/integration';
import { reaches, severityOf } from '../converters/severity.js';
import { toVulnerabilityEntity, vulnerabilityIsCve } from '../converters/vulnerability.js';
import { ASSET_HAS_VULNERABILITY, VULNERABILITY, VULNERABILITY_IS_CVE } from '../data-model.js';
import { VULNERABILITIES } from '../export/export-resources.js';
import { readExports } from '../export/read-exports.js';
import { VULNERABILITIES_SOURCE } from '../ingestion-sources.js';
import type { VulnerabilityRecord } from '../records.js';
import { fetchAssets } from './fetch-assets.js';
import type { RunZeroStep } from './step.js';

const reader = recordReader(VULNERABILITIES.schema);

export const fetchVulnerabilities: RunZeroStep = {
  id: 'fetch-vulnerabilities',
  name: 'Fetch vulnerabilities',
  entities: [VULNERABILITY],
  relationships: [ASSET_HAS_VULNERABILITY],
  mappedRelationships: [VULNERABILITY_IS_CVE],
  dependsOn: [fetchAssets.id],
  ingestionSourceId: VULNERABILITIES_SOURCE,
  authorization: { endpoints: ['GET /export/org/vulnerabilities.jsonl'] },
  async run({ client, config, jobState, logger }) {
    const unrelated = new SkipReport(logger, 'relationships of assets to vulnerabilities');
    const isWanted = (vulnerability: VulnerabilityRecord): boolean =>
      vulnerability.vulnerability_suppressed !== true &&
      reaches(config.minimumVulnerabilitySeverity, severityOf(vulnerability.vulnerability_severity));
    await readExports(
      { client, logger },
      {
        resource: VULNERABILITIES,
        reader,
        what: 'vulnerabilities',
        hangsOnAssets: true,
        async add(vulnerabilities) {
          const wanted = vulnerabilities.filter(isWanted);
          const fresh = wanted.filter((vulnerability) => !jobState.hasKey(vulnerability.vulnerability_id));
          const { added } = await addEntitiesOnce(jobState, fresh.map(toVulnerabilityEntity));
          const found = fresh.flatMap((vulnerability): Relationship[] => {
            const cve = vulnerabilityIsCve(vulnerability);
            const relationships: Relationship[] = cve === undefined ? [] : [cve];
            if (!jobState.hasKey(vulnerability.vulnerability_asset_id)) {
              unrelated.skip('to an asset that is not listed');
              return relationships;
            }
            relationships.push(
              directRelationship(
                ASSET_HAS_VULNERABILITY,
                vulnerability.vulnerability_asset_id,
                vulnerability.vulnerability_id,
              ),
            );
            return relationships;
          });
          await addRelationshipsOnce(jobState, found);
          return wanted.length - added.length;
        },
      },
    );
    unrelated.publish();
  },
};
