import { inspect } from 'node:util';
import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { InMemoryDuplicateKeyTracker } from '@jupiterone/integration-sdk-runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCompactKeys } from './compact-keys.js';

const integration: IntegrationInvocationConfig = { integrationSteps: [] };

interface Operation {
  do: 'registerKey' | 'hasKey' | 'getGraphObjectMetadata';
  key: string;
}

function compactTracker(): InMemoryDuplicateKeyTracker {
  return new InMemoryDuplicateKeyTracker(withCompactKeys(integration).normalizeGraphObjectKey);
}

function outcome(tracker: InMemoryDuplicateKeyTracker, operation: Operation): unknown {
  try {
    return tracker[operation.do](operation.key);
  } catch (error) {
    return error;
  }
}

describe('withCompactKeys', () => {
  it("lets the SDK's tracker of duplicates answer, and refuse duplicates, as ever", () => {
    const operations = fc.record<Operation>({
      do: fc.constantFrom('registerKey', 'hasKey', 'getGraphObjectMetadata'),
      key: fc.constantFrom('', 'acme_host:1', 'acme_host:2', 'acme_host:1|has|acme_host:2', '__proto__'),
    });
    fc.assert(
      fc.property(fc.array(operations, { maxLength: 30 }), (sequence) => {
        const [ours, theirs] = [compactTracker(), new InMemoryDuplicateKeyTracker()];

        const expected = sequence.map((operation) => outcome(theirs, operation));
        expect(sequence.map((operation) => outcome(ours, operation))).toEqual(expected);
      }),
    );
  });

  it('keeps no key as a text, in the version of the SDK that is installed', () => {
    const [ours, theirs] = [compactTracker(), new InMemoryDuplicateKeyTracker()];
    ours.registerKey('acme_host:1');
    theirs.registerKey('acme_host:1');

    const [shown, expected] = [ours, theirs].map((tracker) => inspect(tracker, { depth: 9, showHidden: true }));

    expect(expected).toContain('acme_host:1');
    expect(shown).not.toContain('acme_host:1');
  });

  it.each<[string, IntegrationInvocationConfig]>([
    ['changes keys before they are compared', { ...integration, normalizeGraphObjectKey: (key) => key.toLowerCase() }],
    ['wants to know all keys in the end', { ...integration, collectEncounteredKeys: true }],
  ])('leaves an integration alone that %s', (_what, config) => {
    expect(withCompactKeys(config)).toBe(config);
  });

  it('changes no key where a runtime is made otherwise', () => {
    const { normalizeGraphObjectKey } = withCompactKeys(integration);

    expect(normalizeGraphObjectKey?.('acme_host:1')).toBe('acme_host:1');
    expect(normalizeGraphObjectKey?.call({}, 'acme_host:1')).toBe('acme_host:1');
  });
});
