import type { PageData, PageGraph, PageNode } from '../src/visualize/page-data.js';
import { amount } from './elements.js';

/** How the page calls what it shows. */
export const NODE_WORD: Readonly<Record<PageData['kind'], string>> = {
  graph: 'Types',
  types: 'Types',
  steps: 'Steps',
};

const MARKS: Readonly<Record<NonNullable<PageNode['mark']>, Readonly<Record<PageData['kind'], string>>>> = {
  partial: { graph: 'partial', types: 'partial', steps: 'partial' },
  elsewhere: { graph: 'not collected here', types: 'not collected here', steps: 'not collected here' },
  off: { graph: 'off', types: 'optional', steps: 'off' },
};

/** A node's mark in words. */
export function markWord(node: PageNode, kind: PageData['kind']): string | undefined {
  return node.mark === undefined ? undefined : MARKS[node.mark][kind];
}

/** A node on the canvas: its name, and how many there are of what. */
export function nodeLabel(node: PageNode, kind: PageData['kind']): string {
  const more = [
    ...(node.members === undefined ? [] : [amount(node.members.count)]),
    ...(node.classes.length === 0 ? [] : [node.classes.join(', ')]),
    ...(node.mark === 'partial' || node.mark === 'off' ? [markWord(node, kind) ?? ''] : []),
  ];
  return more.length === 0 ? node.name : `${node.name}\n${more.join(' · ')}`;
}

/** When and from what a graph was collected. */
export function graphNote({ collectedOn, simulated, incomplete }: PageGraph): string {
  return [
    ...(collectedOn === undefined ? [] : [`collected ${minute(collectedOn)}`]),
    ...(simulated ? ['simulated data'] : []),
    ...(incomplete === undefined ? [] : [incomplete]),
  ].join(', ');
}

/** `2026-07-14 09:30 UTC`. */
export function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
