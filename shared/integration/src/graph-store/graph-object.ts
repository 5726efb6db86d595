import type { Entity, Relationship } from '@jupiterone/integration-sdk-core';

/** The two kinds of objects of a graph, by the SDK's names for their files. */
export type GraphObjectKind = 'entities' | 'relationships';

/** What both kinds have. */
export type GraphObject = Entity | Relationship;
