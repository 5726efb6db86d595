import type { IntegrationIngestionConfigFieldMap } from '@jupiterone/integration-sdk-core';

export const ALERTS_SOURCE = 'alerts';
export const EC2_COVERAGE_SOURCE = 'ec2-coverage';

/**
 * What a user can switch on and off. Both are off until somebody asks for them: they cost requests of the organization's
 * limit, and alerts may be many.
 */
export const ingestionSources: IntegrationIngestionConfigFieldMap = {
  [ALERTS_SOURCE]: {
    title: 'Alerts',
    description: 'What Threat Stack detected within a window of time, as findings of the agents that raised it.',
    defaultsToDisabled: true,
  },
  [EC2_COVERAGE_SOURCE]: {
    title: 'EC2 coverage',
    description: 'Running EC2 instances on which no Threat Stack agent runs, as findings of the instances.',
    defaultsToDisabled: true,
  },
};
