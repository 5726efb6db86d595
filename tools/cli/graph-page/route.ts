import type { EntityPlace } from './page-graph.js';

/** What the page shows; it stands in the address, so that going back works. */
export type Route = { view: 'overview' } | { view: 'node'; node: number } | ({ view: 'entity' } & EntityPlace);

/** Reads a route from the part of an address after the number sign; what is not one is the overview. */
export function readRoute(hash: string): Route {
  const [, view, node, member] = /^#\/(type|entity)\/(\d+)(?:\/(\d+))?$/.exec(hash) ?? [];
  if (view === 'type' && member === undefined) return { view: 'node', node: Number(node) };
  if (view === 'entity' && member !== undefined) return { view: 'entity', node: Number(node), member: Number(member) };
  return { view: 'overview' };
}

export function writeRoute(route: Route): string {
  switch (route.view) {
    case 'overview':
      return '#/';
    case 'node':
      return `#/type/${route.node}`;
    case 'entity':
      return `#/entity/${route.node}/${route.member}`;
  }
}
