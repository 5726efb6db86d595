import { graphObjects, type GraphObject, type GraphObjectKind } from './graph-objects.js';
import { mappingOf } from './mapping.js';

/** An entity or a relationship for another tool: its properties without raw data, and a relationship's ends by key. */
export interface FlatObject {
  kind: GraphObjectKind;
  key: string;
  type: string;
  /** All properties, `_key`, `_type` and `_class` (always a list of an entity, a text of a relationship) among them. */
  properties: ReadonlyMap<string, unknown>;
}

/** What other tools need not know. */
const LEFT_OUT = new Set(['_rawData', '_mapping']);

/**
 * The objects of a graph for other tools, file by file. A mapped relationship gets the ends that it stands for
 * (`_fromEntityKey`, `_toEntityKey`), and `_mapped: true`; the entity that another integration collects comes before the
 * first relationship that names it, with `_mapped: true`, too.
 */
export async function* flatObjects(folder: string): AsyncGenerator<FlatObject[]> {
  const keys = new Set<string>();
  for await (const entities of graphObjects(folder, 'entities')) {
    for (const { _key } of entities) keys.add(_key);
    yield entities.map((entity) => flatEntity(entity));
  }
  for await (const relationships of graphObjects(folder, 'relationships'))
    yield relationships.flatMap((relationship) => flatRelationship(relationship, keys));
}

function flatEntity(entity: GraphObject): FlatObject {
  const properties = propertiesOf(entity);
  const entityClass = entity['_class'];
  properties.set('_class', Array.isArray(entityClass) ? entityClass : [entityClass]);
  return { kind: 'entities', key: entity._key, type: entity._type, properties };
}

function flatRelationship(relationship: GraphObject, keys: Set<string>): FlatObject[] {
  const properties = propertiesOf(relationship);
  const flat: FlatObject = { kind: 'relationships', key: relationship._key, type: relationship._type, properties };
  const mapping = mappingOf(relationship);
  if (mapping === undefined) return [flat];

  const { sourceKey, targetId, isReverse } = mapping;
  properties.set('_fromEntityKey', isReverse ? targetId : sourceKey);
  properties.set('_toEntityKey', isReverse ? sourceKey : targetId);
  properties.set('_mapped', true);
  if (keys.has(targetId)) return [flat];
  keys.add(targetId);
  const target = flatEntity({ ...mapping.target, _key: targetId, _type: mapping.targetType });
  return [{ ...target, properties: new Map([...target.properties, ['_mapped', true]]) }, flat];
}

/** What has no value is left out: to most tools null and absent are the same. */
function propertiesOf(object: GraphObject): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value !== null && !LEFT_OUT.has(name)) properties.set(name, value);
  }
  return properties;
}
