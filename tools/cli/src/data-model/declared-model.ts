import type {
  IntegrationIngestionConfigFieldMap,
  IntegrationInvocationConfig,
  IntegrationStep,
} from '@jupiterone/integration-sdk-core';

/** An entity type that a vendor declares. */
interface DeclaredEntity {
  resourceName: string;
  type: string;
  classes: readonly string[];
}

/** A relationship that a vendor declares, between entities of its own. */
export interface DeclaredRelationship {
  sourceType: string;
  class: string;
  targetType: string;
}

/** A relationship to an entity that another integration collects. */
export interface DeclaredMappedRelationship extends DeclaredRelationship {
  /** FORWARD: from the source to the target. */
  direction: string;
}

/** An ingestion source that is off unless somebody switches it on. */
interface OptionalSource {
  id: string;
  title: string;
  description?: string;
}

/** What is collected together: always, or with one optional source. */
export interface ModelPart {
  /** Absent: collected always. */
  source?: OptionalSource;
  entities: readonly DeclaredEntity[];
  relationships: readonly DeclaredRelationship[];
  mappedRelationships: readonly DeclaredMappedRelationship[];
}

/**
 * The data model that a vendor's steps declare: first what is collected always, then what each optional ingestion source
 * adds to it, in the order in which the sources are declared. Everything is named once, in the first part that has it, and
 * sorted.
 */
export function declaredModel({
  integrationSteps,
  ingestionConfig = {},
}: Pick<IntegrationInvocationConfig, 'integrationSteps' | 'ingestionConfig'>): ModelPart[] {
  const seen = new Set<string>();
  const partOf = (steps: readonly IntegrationStep[], source?: OptionalSource): ModelPart => ({
    ...(source === undefined ? {} : { source }),
    entities: unseen(
      steps.flatMap((step) => step.entities.map(toEntity)),
      ({ type }) => type,
      seen,
      // As JupiterOne's own docs have it.
      ({ resourceName, type }) => `${resourceName} ${type}`,
    ),
    relationships: unseen(
      steps.flatMap((step) => step.relationships.map(toRelationship)),
      relationshipId,
      seen,
    ),
    mappedRelationships: unseen(
      steps.flatMap((step) =>
        (step.mappedRelationships ?? []).map((mapped) => ({ ...toRelationship(mapped), direction: mapped.direction })),
      ),
      (mapped) => `${relationshipId(mapped)} ${mapped.direction}`,
      seen,
    ),
  });

  const optional = optionalSources(ingestionConfig);
  const isOptional = ({ ingestionSourceId }: IntegrationStep): boolean =>
    optional.some(({ id }) => id === ingestionSourceId);
  return [
    partOf(integrationSteps.filter((step) => !isOptional(step))),
    ...optional.map((source) =>
      partOf(
        integrationSteps.filter((step) => step.ingestionSourceId === source.id),
        source,
      ),
    ),
  ];
}

/** The ingestion sources that are off by default. */
function optionalSources(ingestionConfig: IntegrationIngestionConfigFieldMap): OptionalSource[] {
  return Object.entries(ingestionConfig)
    .filter(([, { defaultsToDisabled }]) => defaultsToDisabled === true)
    .map(([id, { title, description }]) => ({ id, title, ...(description === undefined ? {} : { description }) }));
}

function toEntity({ resourceName, _type, _class }: IntegrationStep['entities'][number]): DeclaredEntity {
  return { resourceName, type: _type, classes: typeof _class === 'string' ? [_class] : _class };
}

function toRelationship(declared: { sourceType: string; _class: string; targetType: string }): DeclaredRelationship {
  return { sourceType: declared.sourceType, class: declared._class, targetType: declared.targetType };
}

function relationshipId({ sourceType, class: relationshipClass, targetType }: DeclaredRelationship): string {
  return `${sourceType} ${relationshipClass} ${targetType}`;
}

/** Those that were not seen before, sorted; from now on they were. */
function unseen<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  seen: Set<string>,
  orderOf: (item: Item) => string = idOf,
): Item[] {
  const fresh = new Map<string, Item>();
  for (const item of items) if (!seen.has(idOf(item))) fresh.set(idOf(item), item);
  for (const id of fresh.keys()) seen.add(id);
  return [...fresh.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}
