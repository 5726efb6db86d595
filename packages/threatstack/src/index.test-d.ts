import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { expectTypeOf } from 'vitest';
import { invocationConfig, type ThreatStackConfig } from './index.js';

expectTypeOf(invocationConfig).toEqualTypeOf<IntegrationInvocationConfig>();

expectTypeOf<Pick<ThreatStackConfig, 'apiKey' | 'alertsWindowMinutes' | 'alertsSeverities'>>().toEqualTypeOf<{
  apiKey: string;
  alertsWindowMinutes: number;
  alertsSeverities: readonly number[];
}>();

// @ts-expect-error -- the key is required
const incomplete: ThreatStackConfig = { orgName: '', orgId: '', userId: '' };
expectTypeOf(incomplete).not.toBeAny();
