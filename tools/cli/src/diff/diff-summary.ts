import { count, counted } from '../terminal/amounts.js';
import { table, type Column } from '../terminal/table.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import type { DiffReport } from './diff-report.js';
import type { PropertyChange, TypeDifference } from './graph-difference.js';

/** So many objects of a type are shown; `--json` has them all. */
const SHOWN = 20;
/** A value longer than this is cut. */
const VALUE_LENGTH = 60;
const right = 'right' as const;

/** What differs between two graphs, for people. */
export function diffSummary({ before, after, equal, types }: DiffReport): string {
  const parts = [
    `${before.graph} -> ${after.graph}: ${equal ? 'no difference' : counted(types.length, 'type differs', 'types differ')}`,
  ];
  for (const graph of [before, after])
    if (graph.incomplete !== undefined) parts.push(`Beware, ${graph.graph}: ${graph.incomplete}`);
  if (!equal) parts.push(countTable(types), ...types.flatMap(objectsOf));
  return `${parts.join('\n')}\n`;
}

function countTable(types: readonly TypeDifference[]): string {
  const columns: Column[] = [
    { title: 'type' },
    { title: 'kind' },
    { title: 'added', align: right },
    { title: 'removed', align: right },
    { title: 'changed', align: right },
    { title: 'changed properties', width: 50 },
  ];
  return table(
    columns,
    types.map(({ type, kind, added, removed, changed }) => [
      type,
      kind,
      count(added.length),
      count(removed.length),
      count(changed.length),
      changedProperties(changed),
    ]),
  );
}

/** Each changed property with the number of objects, the most frequent first. */
function changedProperties(changed: TypeDifference['changed']): string {
  const counts = new Map<string, number>();
  for (const { properties } of changed)
    for (const { property } of properties) counts.set(property, (counts.get(property) ?? 0) + 1);
  return [...counts]
    .sort(([a, times], [b, otherTimes]) => otherTimes - times || (a < b ? -1 : 1))
    .map(([property, times]) => (times === 1 ? property : `${property} (${count(times)})`))
    .join(', ');
}

function objectsOf({ type, added, removed, changed }: TypeDifference): string[] {
  const lines = [
    ...added.map((key) => `+ ${key}`),
    ...removed.map((key) => `- ${key}`),
    ...changed.map(({ key, properties }) => `~ ${key}: ${properties.map(change).join('; ')}`),
  ].map((line) => `  ${neutralizeLine(line)}`);
  const more = lines.length - SHOWN;
  return ['', type, ...lines.slice(0, SHOWN), ...(more > 0 ? [`  … ${count(more)} more: --json lists them`] : [])];
}

function change(propertyChange: PropertyChange): string {
  const { property } = propertyChange;
  if (!('before' in propertyChange) && !('after' in propertyChange)) return property;
  return `${property} ${shown(propertyChange.before)} -> ${shown(propertyChange.after)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}…` : text;
}
