import { amount, button, element } from './elements.js';
import type { EntityPlace, PageGraph, TouchingRelationships } from './page-graph.js';
import { graphNote, markWord } from './page-words.js';
import { propertyText } from './property-text.js';
import type { Route } from './route.js';

/** So many relationships are added to the list at a time. */
const SHOWN_AT_ONCE = 25;

type Go = (route: Route) => void;

/** What is known of a type, or of a step. */
export function nodeDetails(graph: PageGraph, place: number, go: Go): HTMLElement {
  const { data } = graph;
  const node = graph.node(place);
  const mark = markWord(node, data.kind);
  const owner = node.graph === undefined ? undefined : data.graphs[node.graph];
  const facts: [string, string][] = [
    ...(node.classes.length === 0 ? [] : [['Class', node.classes.join(', ')] as [string, string]]),
    ...(node.members === undefined ? [] : [['Entities', amount(node.members.count)] as [string, string]]),
    ...(owner === undefined ? [] : [['Vendor', owner.label] as [string, string]]),
    ...(owner === undefined || graphNote(owner) === '' ? [] : [['Graph', graphNote(owner)] as [string, string]]),
    ...node.facts,
  ];
  const edges = data.edges.filter(({ from, to }) => from === place || to === place);
  return element('div', {
    children: [
      element('h2', { text: node.name }),
      ...(mark === undefined
        ? []
        : [element('p', { className: `mark ${node.mark ?? ''}`, text: explained(mark, node.mark) })]),
      definitions(facts),
      ...(edges.length === 0 ? [] : [element('h3', { text: data.kind === 'steps' ? 'Order' : 'Relationships' })]),
      element('ul', {
        className: 'plain',
        children: edges.map(({ from, to, label, members }) => {
          const other = from === place ? to : from;
          const count = members === undefined ? '' : ` (${amount(members.count)})`;
          return element('li', {
            children: [
              element('span', { className: 'class', text: from === place ? `${label} → ` : `← ${label} ` }),
              button(
                graph.node(other).name,
                () => {
                  go({ view: 'node', node: other });
                },
                { className: 'link' },
              ),
              element('span', { className: 'quiet', text: count }),
            ],
          });
        }),
      }),
    ],
  });
}

/** An entity's properties and relationships. */
export async function entityDetails(
  graph: PageGraph,
  place: EntityPlace,
  relationships: readonly TouchingRelationships[],
  go: Go,
): Promise<HTMLElement> {
  const node = graph.node(place.node);
  const [{ names, keys }, properties] = await Promise.all([graph.members(place.node), graph.properties(place)]);
  const mark = markWord(node, graph.data.kind);
  const key = keys[place.member] ?? '';
  return element('div', {
    children: [
      element('h2', { text: names[place.member] ?? '' }),
      element('p', {
        children: [
          button(
            node.name,
            () => {
              go({ view: 'node', node: place.node });
            },
            { className: 'link' },
          ),
          element('span', {
            className: 'quiet',
            text: node.classes.length === 0 ? '' : ` · ${node.classes.join(', ')}`,
          }),
        ],
      }),
      ...(mark === undefined
        ? []
        : [element('p', { className: `mark ${node.mark ?? ''}`, text: explained(mark, node.mark) })]),
      element('h3', { text: 'Relationships' }),
      ...(relationships.length === 0 ? [element('p', { className: 'quiet', text: 'None.' })] : []),
      ...relationships.map((touching) => relationshipList(graph, touching, go)),
      element('h3', { text: 'Properties' }),
      definitions([
        ...(key === '' ? [] : [['_key', key] as [string, string]]),
        ...Object.entries(properties)
          .filter(([, value]) => value !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]): [string, string] => [name, propertyText(name, value)]),
      ]),
    ],
  });
}

function relationshipList(graph: PageGraph, touching: TouchingRelationships, go: Go): HTMLElement {
  const { edge, outgoing, otherNode, others, relationships } = touching;
  const type = graph.node(otherNode).name;
  const list = element('ul', { className: 'plain' });
  const more = button('', () => void addSome());
  let shown = 0;

  const addSome = async (): Promise<void> => {
    const { names } = await graph.members(otherNode);
    const start = shown;
    shown = Math.min(others.length, shown + SHOWN_AT_ONCE);
    const added = await Promise.all(
      others.slice(start, shown).map(async (member, index) => {
        const properties = await graph.relationshipProperties(edge, relationships[start + index] ?? 0);
        const summary = Object.entries(properties)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => `${name}: ${propertyText(name, value)}`);
        return element('li', {
          children: [
            button(
              names[member] ?? '',
              () => {
                go({ view: 'entity', node: otherNode, member });
              },
              { className: 'link' },
            ),
            ...(summary.length === 0 ? [] : [element('div', { className: 'quiet small', text: summary.join('; ') })]),
          ],
        });
      }),
    );
    list.append(...added);
    const left = others.length - shown;
    more.textContent = `Show ${amount(Math.min(left, SHOWN_AT_ONCE))} of ${amount(left)} more`;
    more.hidden = left === 0;
  };
  void addSome();
  const heading = outgoing ? `${edge.label} → ${type}` : `← ${edge.label} ${type}`;
  return element('section', {
    attributes: { 'aria-label': heading },
    children: [element('h4', { text: `${heading} (${amount(others.length)})` }), list, more],
  });
}

function definitions(entries: readonly (readonly [string, string])[]): HTMLElement {
  return element('dl', {
    children: entries.flatMap(([label, text]) => [element('dt', { text: label }), element('dd', { text })]),
  });
}

function explained(word: string, mark: string | undefined): string {
  if (mark === 'partial') return 'Partial: not everything could be read, so some of it may be missing here.';
  if (mark === 'elsewhere') return 'Not collected here: other integrations bring it, and JupiterOne connects the two.';
  return word.charAt(0).toUpperCase() + word.slice(1);
}
