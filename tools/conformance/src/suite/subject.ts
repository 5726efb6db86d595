import type { IntegrationInstanceConfigField } from '@jupiterone/integration-sdk-core';
import type { TestedVendor } from '../run/simulated-run.js';

/** What the suite is made for: a package's integration and its simulator. */
export interface ConformanceSubject extends TestedVendor {
  /** The package's name without its scope: the prefix of its environment variables. */
  readonly name: string;
}

/** The configuration fields by name. */
export function fieldsOf({ invocationConfig }: TestedVendor): [name: string, field: IntegrationInstanceConfigField][] {
  return Object.entries(invocationConfig.instanceConfigFields ?? {});
}

/** Fields that hold a base URL. */
export function isAddress(name: string): boolean {
  return /url$/i.test(name);
}

/** By what callers tell errors apart. */
export function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}
