import type { ModelPart } from '../data-model/declared-model.js';
import type { PageData, PageEdge, PageNode } from './page-data.js';

/** The declared data model of a vendor. */
export interface VendorModel {
  vendor: string;
  parts: readonly ModelPart[];
}

/** A page of the types and relationships that vendors declare. */
export function typesPageData(models: readonly VendorModel[], now: number): PageData {
  const nodes: PageNode[] = [];
  const edges: PageEdge[] = [];
  const places = new Map<string, number>();
  const placeOf = (type: string, graph: number): number => {
    const place = places.get(`${graph} ${type}`) ?? places.get(type) ?? nodes.length;
    if (place === nodes.length) {
      nodes.push({ name: type, classes: [], mark: 'elsewhere', facts: [['Collected by', 'another integration']] });
      places.set(type, place);
    }
    return place;
  };
  for (const [graph, { parts }] of models.entries()) {
    for (const { source, entities } of parts)
      for (const { type, classes, resourceName } of entities) {
        places.set(`${graph} ${type}`, nodes.length);
        nodes.push({
          name: type,
          graph,
          classes: [...classes],
          ...(source === undefined ? {} : { mark: 'off' }),
          facts: [
            ['Resource', resourceName],
            ['Collected', source === undefined ? 'always' : `with the ingestion source ${source.id} (off by default)`],
          ],
        });
      }
    for (const { source, relationships, mappedRelationships } of parts) {
      for (const { sourceType, class: label, targetType } of relationships)
        edges.push({
          label,
          from: placeOf(sourceType, graph),
          to: placeOf(targetType, graph),
          dashed: source !== undefined,
        });
      for (const { sourceType, class: label, targetType, direction } of mappedRelationships) {
        const ends = [placeOf(sourceType, graph), placeOf(targetType, graph)] as const;
        const [from, to] = direction === 'REVERSE' ? [ends[1], ends[0]] : ends;
        edges.push({ label, from, to, dashed: true });
      }
    }
  }
  return {
    kind: 'types',
    title: `Data model: ${models.map(({ vendor }) => vendor).join(', ')}`,
    generatedOn: now,
    graphs: models.map(({ vendor }) => ({ label: vendor, simulated: false })),
    nodes,
    edges,
  };
}
