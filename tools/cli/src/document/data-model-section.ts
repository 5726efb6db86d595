import type { DeclaredMappedRelationship, DeclaredRelationship, ModelPart } from '../data-model/declared-model.js';
import { modelMermaid } from '../data-model/model-mermaid.js';
import { markdownTable } from './markdown-table.js';

/** The section "Data Model" of a vendor's page: the graph, then the tables in the form that JupiterOne's docs have. */
export function dataModelSection(parts: readonly ModelPart[]): string {
  return ['## Data Model', ['```mermaid', modelMermaid(parts), '```'].join('\n'), ...parts.flatMap(partTables)].join(
    '\n\n',
  );
}

function partTables({ source, entities, relationships, mappedRelationships }: ModelPart): string[] {
  const paragraphs: string[] = [];
  if (source !== undefined) {
    paragraphs.push(`### Optional: ${source.title}`);
    const purpose = source.description === undefined ? '' : `${source.description} `;
    paragraphs.push(`${purpose}Created only when the ingestion source \`${source.id}\` is switched on.`);
  }
  const addTable = (heading: string, kind: string, table: string): void => {
    if (source === undefined) paragraphs.push(`### ${heading}`, `The following ${kind} are created:`);
    paragraphs.push(table);
  };
  if (entities.length > 0)
    addTable(
      'Entities',
      'entities',
      markdownTable(
        ['Resources', 'Entity `_type`', 'Entity `_class`'],
        entities.map(({ resourceName, type, classes }) => [resourceName, code(type), classes.map(code).join(', ')]),
      ),
    );
  if (relationships.length > 0)
    addTable(
      'Relationships',
      'relationships',
      markdownTable(
        RELATIONSHIP_TITLES,
        relationships.map((relationship) => ends(relationship, relationship.targetType)),
      ),
    );
  if (mappedRelationships.length > 0)
    addTable(
      'Mapped Relationships',
      'mapped relationships',
      markdownTable([...RELATIONSHIP_TITLES, 'Direction'], mappedRelationships.map(mappedRow)),
    );
  return paragraphs;
}

const RELATIONSHIP_TITLES = ['Source Entity `_type`', 'Relationship `_class`', 'Target Entity `_type`'];

function mappedRow(mapped: DeclaredMappedRelationship): string[] {
  // The asterisks say that the entity is another integration's, as in JupiterOne's docs.
  return [...ends(mapped, `*${mapped.targetType}*`), mapped.direction];
}

function ends({ sourceType, class: relationshipClass }: DeclaredRelationship, target: string): string[] {
  return [code(sourceType), `**${relationshipClass}**`, code(target)];
}

function code(text: string): string {
  return `\`${text}\``;
}
