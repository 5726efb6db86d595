import { describe, expect, it } from 'vitest';
import { dataModelSection } from './data-model-section.js';

describe('dataModelSection', () => {
  it("has the graph above the tables, in the form of JupiterOne's docs", () => {
    const section = dataModelSection([
      {
        entities: [{ resourceName: 'Agent', type: 'acme_agent', classes: ['HostAgent', 'Host'] }],
        relationships: [{ sourceType: 'acme_account', class: 'HAS', targetType: 'acme_agent' }],
        mappedRelationships: [
          { sourceType: 'acme_agent', class: 'PROTECTS', targetType: 'server', direction: 'FORWARD' },
        ],
      },
      {
        source: { id: 'gaps', title: 'Gaps', description: 'What is missing.' },
        entities: [{ resourceName: 'Gap', type: 'acme_gap', classes: ['Finding'] }],
        relationships: [],
        mappedRelationships: [],
      },
    ]);

    expect(section.slice(0, section.indexOf('flowchart'))).toBe('## Data Model\n\n```mermaid\n');
    expect(section.slice(section.indexOf('### Entities'))).toBe(
      [
        '### Entities',
        '',
        'The following entities are created:',
        '',
        '| Resources | Entity `_type` | Entity `_class`     |',
        '| --------- | -------------- | ------------------- |',
        '| Agent     | `acme_agent`   | `HostAgent`, `Host` |',
        '',
        '### Relationships',
        '',
        'The following relationships are created:',
        '',
        '| Source Entity `_type` | Relationship `_class` | Target Entity `_type` |',
        '| --------------------- | --------------------- | --------------------- |',
        '| `acme_account`        | **HAS**               | `acme_agent`          |',
        '',
        '### Mapped Relationships',
        '',
        'The following mapped relationships are created:',
        '',
        '| Source Entity `_type` | Relationship `_class` | Target Entity `_type` | Direction |',
        '| --------------------- | --------------------- | --------------------- | --------- |',
        '| `acme_agent`          | **PROTECTS**          | `*server*`            | FORWARD   |',
        '',
        '### Optional: Gaps',
        '',
        'What is missing. Created only when the ingestion source `gaps` is switched on.',
        '',
        '| Resources | Entity `_type` | Entity `_class` |',
        '| --------- | -------------- | --------------- |',
        '| Gap       | `acme_gap`     | `Finding`       |',
      ].join('\n'),
    );
  });
});
