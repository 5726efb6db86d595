import { amount, button, element } from './elements.js';
import { searchEntities } from './entity-search.js';
import type { PageGraph } from './page-graph.js';
import { markWord, NODE_WORD } from './page-words.js';
import type { Route } from './route.js';

/** So many entities that a search has found are listed. */
const LISTED = 200;
const TYPING_PAUSE_MS = 200;

/** What the side bar tells the rest of the page. */
interface SideBarEvents {
  go: (route: Route) => void;
  /** The types that the filters leave; undefined when nothing is filtered. */
  onFilter: (nodes: ReadonlySet<number> | undefined) => void;
}

/** Search, filters, and all types as a list: whatever the canvas offers is here for the keyboard and for screen readers, too. */
export class SideBar {
  readonly element: HTMLElement;
  readonly #graph: PageGraph;
  readonly #events: SideBarEvents;
  readonly #search = element('input', { attributes: { type: 'search', id: 'search', autocomplete: 'off' } });
  readonly #typeFilter = element('input', { attributes: { type: 'search', id: 'type-filter', autocomplete: 'off' } });
  readonly #classFilter = element('select', { attributes: { id: 'class-filter' } });
  readonly #types = element('ul', { className: 'types' });
  readonly #results = element('ul', { className: 'plain results' });
  readonly #status = element('p', { className: 'quiet small', attributes: { role: 'status' } });
  #searches = 0;
  #current: number | undefined;
  #buttons = new Map<number, HTMLButtonElement>();

  constructor(graph: PageGraph, events: SideBarEvents) {
    this.#graph = graph;
    this.#events = events;
    const { kind, nodes } = graph.data;
    const hasMembers = kind === 'graph';
    const classes = [...new Set(nodes.flatMap((node) => node.classes))].sort();
    this.#classFilter.append(
      element('option', { text: 'All classes', attributes: { value: '' } }),
      ...classes.map((name) => element('option', { text: name, attributes: { value: name } })),
    );
    let pause: ReturnType<typeof setTimeout> | undefined;
    const searchSoon = (): void => {
      clearTimeout(pause);
      pause = setTimeout(() => void this.#runSearch(), hasMembers ? TYPING_PAUSE_MS : 0);
    };
    this.#search.addEventListener('input', searchSoon);
    for (const control of [this.#typeFilter, this.#classFilter])
      control.addEventListener('input', () => {
        this.#showTypes();
        searchSoon();
      });
    this.element = element('nav', {
      className: 'side',
      attributes: { 'aria-label': 'Search and filter' },
      children: [
        ...(hasMembers ? [labelled('Search all entities', this.#search), this.#status, this.#results] : []),
        element('h2', { text: NODE_WORD[kind] }),
        labelled(kind === 'steps' ? 'Filter by name' : 'Filter by type', this.#typeFilter),
        ...(classes.length === 0 ? [] : [labelled('Filter by class', this.#classFilter)]),
        this.#types,
      ],
    });
    this.#showTypes();
  }

  /** Marks the type that is shown; the button that somebody has just pressed keeps the focus. */
  select(node: number | undefined): void {
    this.#current = node;
    for (const [place, open] of this.#buttons) {
      if (place === node) open.setAttribute('aria-current', 'true');
      else open.removeAttribute('aria-current');
    }
  }

  #filtered(): number[] {
    const text = this.#typeFilter.value.trim().toLowerCase();
    const wanted = this.#classFilter.value;
    return this.#graph.data.nodes.flatMap(({ name, classes }, place) =>
      name.toLowerCase().includes(text) && (wanted === '' || classes.includes(wanted)) ? [place] : [],
    );
  }

  #showTypes(): void {
    const { kind, nodes, graphs } = this.#graph.data;
    const filtered = this.#filtered();
    this.#buttons = new Map();
    this.#types.replaceChildren(
      ...filtered.map((place) => {
        const node = this.#graph.node(place);
        const mark = markWord(node, kind);
        const owner = node.graph === undefined ? undefined : graphs[node.graph];
        const open = button(
          '',
          () => {
            this.#events.go({ view: 'node', node: place });
          },
          {
            className: 'type',
            attributes: place === this.#current ? { 'aria-current': 'true' } : {},
            children: [
              element('span', {
                className: `dot hue-${(node.graph ?? 0) % 6} ${node.mark ?? ''}`,
                title: owner?.label ?? '',
                attributes: { 'aria-hidden': 'true' },
              }),
              element('span', { className: 'name', text: node.name }),
              element('span', {
                className: 'count',
                text: node.members === undefined ? '' : amount(node.members.count),
              }),
              ...(mark === undefined
                ? []
                : [element('span', { className: `mark small ${node.mark ?? ''}`, text: mark })]),
            ],
          },
        );
        this.#buttons.set(place, open);
        return element('li', { children: [open] });
      }),
    );
    this.#events.onFilter(filtered.length === nodes.length ? undefined : new Set(filtered));
  }

  async #runSearch(): Promise<void> {
    this.#searches += 1;
    const search = this.#searches;
    const isStale = (): boolean => search !== this.#searches;
    const query = this.#search.value;
    if (query.trim() === '') {
      this.#results.replaceChildren();
      this.#status.textContent = '';
      return;
    }
    this.#status.textContent = 'Searching…';
    const found = await searchEntities(this.#graph, this.#filtered(), query, LISTED, isStale);
    if (found === undefined || isStale()) return;
    const { entities, total } = found;
    this.#status.textContent =
      total > entities.length
        ? `${amount(total)} found, the first ${amount(entities.length)}:`
        : `${amount(total)} found`;
    this.#results.replaceChildren(
      ...entities.map(({ name, node, member }) =>
        element('li', {
          children: [
            button(
              name,
              () => {
                this.#events.go({ view: 'entity', node, member });
              },
              { className: 'link' },
            ),
            element('div', { className: 'quiet small', text: this.#graph.node(node).name }),
          ],
        }),
      ),
    );
  }
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  const label = element('label', { text, attributes: { for: control.id } });
  return element('div', { className: 'field', children: [label, control] });
}
