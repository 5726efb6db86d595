import { describe } from 'vitest';
import { describeConfiguration } from './suite/configuration.js';
import { describeCredentials } from './suite/credentials.js';
import { describeGraph } from './suite/graph.js';
import { describeHosts } from './suite/hosts.js';
import { describeRefusals } from './suite/refusals.js';
import { describeSecrets } from './suite/secrets.js';
import type { ConformanceSubject } from './suite/subject.js';

/**
 * Makes the tests that every vendor has to pass, from its invocation config and its simulator: configuration,
 * credentials, the graph against its metadata and schemas, empty accounts, paging, repetitions, refusals, secrets, hosts.
 */
export function describeConformance(subject: ConformanceSubject): void {
  describe(subject.name, () => {
    describeConfiguration(subject);
    describeCredentials(subject);
    describeGraph(subject);
    describeRefusals(subject);
    describeSecrets(subject);
    describeHosts(subject);
  });
}
