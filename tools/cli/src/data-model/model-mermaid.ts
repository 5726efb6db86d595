import type { DeclaredMappedRelationship, DeclaredRelationship, ModelPart } from './declared-model.js';
import { mermaidId, mermaidText } from './mermaid-text.js';

/**
 * A data model as a Mermaid flow chart, in the style of JupiterOne's: types with their classes, and relationships. What
 * only an optional source brings, and what other integrations collect, has a dashed border.
 */
export function modelMermaid(parts: readonly ModelPart[]): string {
  const own = new Set(parts.flatMap(({ entities }) => entities.map(({ type }) => type)));
  const lines = ['flowchart LR'];
  for (const { source, entities } of parts)
    for (const { type, classes } of entities)
      lines.push(node(type, `${type}<br/>${classes.join(', ')}`, source === undefined ? 'always' : 'optional'));
  const elsewhere = new Set(
    parts.flatMap(({ mappedRelationships }) =>
      mappedRelationships.flatMap(({ sourceType, targetType }) => [sourceType, targetType]),
    ),
  );
  for (const type of [...elsewhere].sort()) if (!own.has(type)) lines.push(node(type, type, 'elsewhere'));

  for (const { relationships, mappedRelationships } of parts)
    for (const relationship of [...relationships, ...mappedRelationships]) lines.push(arrow(relationship));

  lines.push(
    '  classDef always stroke-width:2px',
    '  classDef optional stroke-dasharray:6 3',
    '  classDef elsewhere stroke-dasharray:2 3',
  );
  return lines.join('\n');
}

function node(type: string, label: string, style: 'always' | 'optional' | 'elsewhere'): string {
  const text = label.split('<br/>').map(mermaidText).join('<br/>');
  return `  ${mermaidId(type)}["${text}"]:::${style}`;
}

function arrow(relationship: DeclaredRelationship | DeclaredMappedRelationship): string {
  const { sourceType, class: relationshipClass, targetType } = relationship;
  const mapped = 'direction' in relationship;
  const isReverse = mapped && relationship.direction === 'REVERSE';
  const [from, to] = isReverse ? [targetType, sourceType] : [sourceType, targetType];
  const label = mermaidText(relationshipClass);
  return `  ${mermaidId(from)} ${mapped ? `-. ${label} .->` : `-- ${label} -->`} ${mermaidId(to)}`;
}
