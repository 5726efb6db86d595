import { describe, expect, it } from 'vitest';
import { mermaidId, mermaidText } from './mermaid-text.js';
import { modelMermaid } from './model-mermaid.js';

describe('modelMermaid', () => {
  it('draws types, relationships, and mapped ones in their direction', () => {
    const mermaid = modelMermaid([
      {
        entities: [{ resourceName: 'Account', type: 'acme_account', classes: ['Account'] }],
        relationships: [],
        mappedRelationships: [],
      },
      {
        source: { id: 'gaps', title: 'Gaps' },
        entities: [{ resourceName: 'Gap', type: 'acme_gap', classes: ['Finding'] }],
        relationships: [{ sourceType: 'acme_account', class: 'HAS', targetType: 'acme_gap' }],
        mappedRelationships: [
          { sourceType: 'acme_gap', class: 'HAS', targetType: 'aws_instance', direction: 'REVERSE' },
        ],
      },
    ]);

    expect(mermaid.split('\n')).toEqual([
      'flowchart LR',
      '  n_acme_account["acme_account<br/>Account"]:::always',
      '  n_acme_gap["acme_gap<br/>Finding"]:::optional',
      '  n_aws_instance["aws_instance"]:::elsewhere',
      '  n_acme_account -- HAS --> n_acme_gap',
      '  n_aws_instance -. HAS .-> n_acme_gap',
      '  classDef always stroke-width:2px',
      '  classDef optional stroke-dasharray:6 3',
      '  classDef elsewhere stroke-dasharray:2 3',
    ]);
  });
});

describe('mermaidText', () => {
  it.each([
    ['"] --> x', '#34;#93; --#62; x'],
    ['<script>', '#60;script#62;'],
    ['two\nlines', 'two lines'],
  ])('makes %j harmless', (text, harmless) => {
    expect(mermaidText(text)).toBe(harmless);
  });
});

describe('mermaidId', () => {
  it.each([
    ['end', 'n_end'],
    ['fetch-users', 'n_fetch_2d_users'],
  ])('makes one word of %j', (name, id) => {
    expect(mermaidId(name)).toBe(id);
  });
});
