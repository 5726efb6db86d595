import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';

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
