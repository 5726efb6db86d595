import { addEntitiesOnce } from '@vendor-graph/integration';
import { toRiskEntity } from '../converters/risk.js';
import { RISK } from '../data-model.js';
import { ListReport } from '../list-report.js';
import type { PanopticaStep } from './step.js';

export const fetchRisks: PanopticaStep = {
  id: 'fetch-risks',
  name: 'Fetch risks',
  entities: [RISK],
  relationships: [],
  authorization: { endpoints: ['GET /riskAssessment'] },
  async run({ client, jobState, logger }) {
    const report = new ListReport(logger, 'risks');
    const entities = (await client.risks(report)).map(toRiskEntity);
    const known = entities.filter((entity) => entity !== undefined);
    report.skipped.skip('without an id and without a cluster', entities.length - known.length);
    report.skipped.duplicate((await addEntitiesOnce(jobState, known)).duplicates);
    report.publish();
  },
};
