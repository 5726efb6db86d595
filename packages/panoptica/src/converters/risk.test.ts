import { describe, expect, it } from 'vitest';
import type { Risk } from '../records.js';
import { toRiskEntity } from './risk.js';

const ID = 'f8b60cef-62ce-4043-b2b3-eea4861c175e';
const CLUSTER_ID = '3d0c82a0-8f1e-4b12-9ec6-6690edc8d5fa';

describe('toRiskEntity', () => {
  it('has a risk with everything that is known, summaries under both names', () => {
    const risk: Risk = {
      id: ID,
      time: '2022-05-04T05:27:19.467Z',
      total: 33,
      scanned: 32,
      clusterId: CLUSTER_ID,
      clusterName: 'Cloudbees CDRO',
      status: 'DONE',
      vulnerabilitiesSummary: { total: 631, unknown: 0, low: 1, medium: 346, high: 225, critical: 59 },
      dockerfileScanResultsSummary: { total: 6, info: 1, warn: 2, fatal: 3 },
      scanConfig: {
        namespaces: ['default'],
        maxParallelism: 10,
        minimumSeverity: 'MEDIUM',
        periodicJobExpression: { PeriodicJobType: 'NonPeriodicJobExpression' },
        runDockerfileScan: false,
      },
      hasFailed: true,
    };

    expect(toRiskEntity(risk)).toEqual({
      _key: `panoptica_risk:${ID}`,
      _type: 'panoptica_risk',
      _class: ['Risk'],
      id: ID,
      name: 'Cloudbees CDRO Risk',
      displayName: 'Cloudbees CDRO Risk',
      probability: 0,
      impact: 33,
      score: 33,
      status: 'DONE',
      time: 1_651_642_039_467,
      total: 33,
      scanned: 32,
      clusterId: CLUSTER_ID,
      clusterName: 'Cloudbees CDRO',
      hasFailed: true,
      vulnerabilitiesSummaryTotal: 631,
      vulnerabilitiesSummaryUnknown: 0,
      vulnerabilitiesSummaryLow: 1,
      vulnerabilitiesSummaryMedium: 346,
      vulnerabilitiesSummaryHigh: 225,
      vulnerabilitiesSummaryCritical: 59,
      dockerfileScanResultsSummaryTotal: 6,
      dockerfileScanResultsSummaryInfo: 1,
      dockerfileScanResultsSummaryWarn: 2,
      dockerfileScanResultsSummaryFatal: 3,
      'vulnerabilitiesSummary.total': 631,
      'vulnerabilitiesSummary.unknown': 0,
      'vulnerabilitiesSummary.low': 1,
      'vulnerabilitiesSummary.medium': 346,
      'vulnerabilitiesSummary.high': 225,
      'vulnerabilitiesSummary.critical': 59,
      'dockerfileScanResultsSummary.total': 6,
      'dockerfileScanResultsSummary.info': 1,
      'dockerfileScanResultsSummary.warn': 2,
      'dockerfileScanResultsSummary.fatal': 3,
      'scanConfig.namespaces': ['default'],
      'scanConfig.maxParallelism': 10,
      'scanConfig.minimumSeverity': 'MEDIUM',
      'scanConfig.periodicJobExpression.periodicJobType': 'NonPeriodicJobExpression',
      'scanConfig.runDockerfileScan': false,
      _rawData: [{ name: 'default', rawData: risk }],
    });
  });

  it.each<[string, Risk, object]>([
    [
      'a cluster that was never scanned',
      { clusterId: CLUSTER_ID, clusterName: 'bare', status: 'NOT_SCANNED' },
      { _key: `panoptica_risk:cluster:${CLUSTER_ID}`, name: 'bare Risk', status: 'NOT_SCANNED', impact: 0, score: 0 },
    ],
    [
      'a cluster without a name',
      { clusterId: CLUSTER_ID },
      { _key: `panoptica_risk:cluster:${CLUSTER_ID}`, name: `${CLUSTER_ID} Risk`, status: 'UNKNOWN' },
    ],
    ['a risk without a cluster', { id: ID }, { _key: `panoptica_risk:${ID}`, name: `${ID} Risk`, probability: 0 }],
  ])('has %s', (_what, risk, expected) => {
    expect(toRiskEntity(risk)).toMatchObject(expected);
  });

  it('has no entity for a risk that names neither itself nor a cluster', () => {
    expect(toRiskEntity({ id: ' ', status: 'DONE' })).toBeUndefined();
  });
});
