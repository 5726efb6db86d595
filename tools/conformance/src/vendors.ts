import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { invocationConfig as aquasec } from '@vendor-graph/aquasec';
import { invocationConfig as panoptica } from '@vendor-graph/panoptica';
import { invocationConfig as runzero } from '@vendor-graph/runzero';
import { invocationConfig as threatstack } from '@vendor-graph/threatstack';

/** All vendors; a new one is held to everything in here by one more line. */
export const vendors: Readonly<Record<string, IntegrationInvocationConfig>> = {
  aquasec,
  panoptica,
  runzero,
  threatstack,
};

/** The types that a vendor's standard simulator data must bring: those of all steps that are on by default. */
export function typesByDefault({ integrationSteps, ingestionConfig }: IntegrationInvocationConfig): string[] {
  const steps = integrationSteps.filter(
    ({ ingestionSourceId }) =>
      ingestionSourceId === undefined || !ingestionConfig?.[ingestionSourceId]?.defaultsToDisabled,
  );
  const types = steps.flatMap(({ entities, relationships, mappedRelationships = [] }) =>
    [...entities, ...relationships, ...mappedRelationships].map(({ _type }) => _type),
  );
  return [...new Set(types)].sort();
}
