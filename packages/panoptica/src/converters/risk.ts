import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createRisk, RISK } from '../data-model.js';
import type { Risk } from '../records.js';
import { severityCounts } from './severity-counts.js';

/** Undefined for a risk that names neither itself nor its cluster: nothing could refer to it. */
export function toRiskEntity(risk: Risk): Entity | undefined {
  const id = text(risk.id);
  const clusterId = text(risk.clusterId);
  const key = id ?? (clusterId === undefined ? undefined : `cluster:${clusterId}`);
  if (key === undefined) return undefined;
  const clusterName = text(risk.clusterName);
  const name = `${clusterName ?? clusterId ?? key} Risk`;
  const vulnerabilities = risk.vulnerabilitiesSummary;
  const dockerfile = risk.dockerfileScanResultsSummary;
  const { scanConfig } = risk;
  return withRawData(
    createRisk({
      _key: `${RISK._type}:${key}`,
      id,
      name,
      displayName: name,
      // The service grades nothing here: queries know the number of scanned objects as impact and score.
      probability: 0,
      impact: risk.total ?? 0,
      score: risk.total ?? 0,
      status: text(risk.status) ?? 'UNKNOWN',
      time: isoMillis(risk.time),
      total: risk.total,
      scanned: risk.scanned,
      clusterId,
      clusterName,
      hasFailed: risk.hasFailed,
      ...severityCounts(vulnerabilities, dockerfile),
      'vulnerabilitiesSummary.total': vulnerabilities?.total,
      'vulnerabilitiesSummary.unknown': vulnerabilities?.unknown,
      'vulnerabilitiesSummary.low': vulnerabilities?.low,
      'vulnerabilitiesSummary.medium': vulnerabilities?.medium,
      'vulnerabilitiesSummary.high': vulnerabilities?.high,
      'vulnerabilitiesSummary.critical': vulnerabilities?.critical,
      'dockerfileScanResultsSummary.total': dockerfile?.total,
      'dockerfileScanResultsSummary.info': dockerfile?.info,
      'dockerfileScanResultsSummary.warn': dockerfile?.warn,
      'dockerfileScanResultsSummary.fatal': dockerfile?.fatal,
      'scanConfig.namespaces': scanConfig?.namespaces,
      'scanConfig.maxParallelism': scanConfig?.maxParallelism,
      'scanConfig.minimumSeverity': text(scanConfig?.minimumSeverity),
      'scanConfig.periodicJobExpression.periodicJobType': text(scanConfig?.periodicJobExpression?.PeriodicJobType),
      'scanConfig.runDockerfileScan': scanConfig?.runDockerfileScan,
    }),
    risk,
  );
}
