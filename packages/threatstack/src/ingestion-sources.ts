import type { IntegrationIngestionConfigFieldMap } from '@jupiterone/integration-sdk-core';

/** Ids of what a user can switch on and off. */
export const IngestionSources = Object.freeze({
  ALERTS: 'alerts',
  EC2_COVERAGE: 'ec2-coverage',
});

/** Both are off until a user asks for them: they cost requests of the organization's limit, and alerts may be many. */
export const ingestionSources: IntegrationIngestionConfigFieldMap = {
  [IngestionSources.ALERTS]: {
    title: 'Alerts',
    description: 'What Threat Stack detected within a window of time, as findings of the agents that raised it.',
    defaultsToDisabled: true,
  },
  [IngestionSources.EC2_COVERAGE]: {
    title: 'EC2 coverage',
    description: 'Running EC2 instances on which no Threat Stack agent runs, as findings of the instances.',
    defaultsToDisabled: true,
  },
};
