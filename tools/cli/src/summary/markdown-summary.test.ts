import { expect, it } from 'vitest';
import { markdownSummary } from './markdown-summary.js';

it('has an overview, and for each vendor what went wrong, its steps and its types', () => {
  const markdown = markdownSummary([
    {
      report: {
        package: 'acme',
        status: 'partial',
        simulated: true,
        durationMs: 4200,
        entities: { acme_user: 1200 },
        relationships: { acme_account_has_user: 1200 },
        mappedRelationships: {},
        steps: [
          { id: 'fetch-users', status: 'success', durationMs: 10 },
          { id: 'fetch-assets', status: 'failure', durationMs: 3400, error: '<b>403</b> | [x](http://evil)\n# no' },
        ],
        http: { requests: 13, retries: 1, rateLimitWaitMs: 61_000, bytes: 1 },
        graph: '/g',
      },
      warnings: ['2 users without an id'],
    },
    {
      report: {
        package: 'beta',
        status: 'failure',
        simulated: false,
        durationMs: 5,
        entities: {},
        relationships: {},
        mappedRelationships: {},
        steps: [],
        http: { requests: 0, retries: 0, rateLimitWaitMs: 0, bytes: 0 },
        graph: '',
      },
      problem: 'beta: apiKey is missing.',
      warnings: [],
    },
  ]);

  expect(markdown).toBe(`## Collected vendors

| vendor | status | entities | relationships | mapped | requests | retries | rate limit | time |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| acme | collected in part (simulated) | 1,200 | 1,200 | 0 | 13 | 1 | 1 min 01 s | 4.2 s |
| beta | not collected | 0 | 0 | 0 | 0 | 0 | 0 ms | 5 ms |

### acme

- fetch-assets failed: &lt;b>403&lt;/b> \\| \\[x\\](http://evil) \\# no
- 2 users without an id

| step | status | time |
| --- | --- | ---: |
| fetch-users | done | 10 ms |
| fetch-assets | FAILED | 3.4 s |

| type | count |
| --- | ---: |
| acme\\_user | 1,200 |
| acme\\_account\\_has\\_user | 1,200 |

### beta

- beta: apiKey is missing.

`);
});
