import type { PageData } from '../src/visualize/page-data.js';
import { entityDetails, nodeDetails } from './details-panel.js';
import { amount, button, element } from './elements.js';
import { GraphCanvas } from './graph-canvas.js';
import { memberList } from './member-list.js';
import { entityOf, neighbourhood } from './neighbourhood.js';
import { overview } from './overview.js';
import { PageGraph } from './page-graph.js';
import { graphNote, minute } from './page-words.js';
import { readRoute, writeRoute, type Route } from './route.js';
import { SideBar } from './side-bar.js';
import { ThemeSwitch } from './theme.js';

/** The whole page: the side bar, the canvas or a list in the middle, and what is known of the chosen thing. */
export class Page {
  readonly #graph: PageGraph;
  readonly #canvasElement = element('div', { className: 'canvas', attributes: { role: 'img' } });
  readonly #zoom: HTMLElement;
  readonly #list = element('div', { className: 'list-place' });
  readonly #path = element('p', { className: 'path' });
  readonly #panel = element('aside', { className: 'panel', attributes: { 'aria-label': 'Details', tabindex: '-1' } });
  readonly #canvas: GraphCanvas;
  readonly #sideBar: SideBar;
  readonly #theme: ThemeSwitch;
  #filtered: ReadonlySet<number> | undefined;
  #shows = 0;

  constructor(data: PageData) {
    this.#graph = new PageGraph(data);
    this.#canvas = new GraphCanvas(
      this.#canvasElement,
      (id) => {
        this.#openBox(id);
      },
      (id) => {
        this.#openEdge(id);
      },
    );
    this.#theme = new ThemeSwitch(() => {
      this.#canvas.restyle();
    });
    this.#sideBar = new SideBar(this.#graph, {
      go,
      onFilter: (nodes) => {
        this.#filtered = nodes;
        this.#highlight();
      },
    });
    this.#zoom = element('div', {
      className: 'zoom',
      children: [
        button(
          '+',
          () => {
            this.#canvas.zoomBy(1.3);
          },
          { attributes: { 'aria-label': 'Zoom in' } },
        ),
        button(
          '−',
          () => {
            this.#canvas.zoomBy(1 / 1.3);
          },
          { attributes: { 'aria-label': 'Zoom out' } },
        ),
        button(
          'Fit',
          () => {
            this.#canvas.fit();
          },
          { attributes: { 'aria-label': 'Show all' } },
        ),
      ],
    });
    const middle = element('main', { children: [this.#path, this.#canvasElement, this.#zoom, this.#list] });
    document.body.append(this.#header(), this.#sideBar.element, middle, this.#panel);
    addEventListener('hashchange', () => void this.#show());
    addEventListener('resize', () => {
      this.#canvas.fit();
    });
    void this.#show();
  }

  #header(): HTMLElement {
    const { title, graphs, kind, generatedOn } = this.#graph.data;
    const notes = graphs.map((graph) => ({ ...graph, note: graphNote(graph) })).filter(({ note }) => note !== '');
    return element('header', {
      children: [
        element('h1', { text: title }),
        ...(graphs.some(({ simulated }) => simulated)
          ? [element('span', { className: 'badge', text: 'simulated data' })]
          : []),
        ...notes.flatMap(({ label, incomplete }) =>
          incomplete === undefined
            ? []
            : [element('span', { className: 'badge warn', text: `${label}: ${incomplete}` })],
        ),
        element('span', {
          className: 'quiet small grow',
          text: kind === 'graph' ? this.#totals() : `written ${minute(generatedOn)}`,
          title: notes.map(({ label, note }) => `${label}: ${note}`).join('\n'),
        }),
        button('Light / dark', () => {
          this.#theme.toggle();
        }),
      ],
    });
  }

  #totals(): string {
    const { nodes, edges } = this.#graph.data;
    const own = nodes.filter(({ mark }) => mark !== 'elsewhere');
    const entities = own.reduce((sum, { members }) => sum + (members?.count ?? 0), 0);
    const relationships = edges.reduce((sum, { members }) => sum + (members?.count ?? 0), 0);
    return `${amount(entities)} entities of ${amount(own.length)} types, ${amount(relationships)} relationships`;
  }

  async #show(): Promise<void> {
    this.#shows += 1;
    const show = this.#shows;
    const route = this.#knownRoute(readRoute(location.hash));
    this.#sideBar.select(route.view === 'overview' ? undefined : route.node);
    // What takes long must not replace what was asked for later.
    const isStale = (): boolean => show !== this.#shows;
    switch (route.view) {
      case 'overview':
        this.#showOverview();
        this.#setPanel(this.#introduction());
        break;
      case 'node':
        this.#setPanel(nodeDetails(this.#graph, route.node, go));
        await this.#showNode(route.node, isStale);
        break;
      case 'entity':
        await this.#showEntity(route, isStale);
        break;
    }
  }

  /** The route, or the overview where an address names what is not on this page. */
  #knownRoute(route: Route): Route {
    if (route.view === 'overview') return route;
    const node = this.#graph.data.nodes[route.node];
    if (node === undefined) return { view: 'overview' };
    return route.view === 'entity' && route.member >= (node.members?.count ?? 0)
      ? { view: 'node', node: route.node }
      : route;
  }

  #showOverview(): void {
    const { nodes, edges } = overview(this.#graph);
    this.#useCanvas(
      `Graph of ${amount(nodes.length)} boxes and ${amount(edges.length)} arrows; the list beside it names them all`,
    );
    this.#canvas.draw(nodes, edges);
    this.#highlight();
    this.#setPath();
  }

  async #showNode(node: number, isStale: () => boolean): Promise<void> {
    if (this.#graph.node(node).members === undefined) {
      this.#showOverview();
      this.#canvas.highlight(new Set([String(node), ...this.#neighbours(node)]));
      this.#setPath(this.#graph.node(node).name);
      return;
    }
    const members = await this.#graph.members(node);
    if (isStale()) return;
    this.#list.replaceChildren(
      memberList(members, (member) => {
        go({ view: 'entity', node, member });
      }),
    );
    this.#canvasElement.hidden = this.#zoom.hidden = true;
    this.#list.hidden = false;
    this.#setPath(this.#graph.node(node).name);
  }

  async #showEntity(route: Route & { view: 'entity' }, isStale: () => boolean): Promise<void> {
    const relationships = await this.#graph.relationshipsOf(route);
    const [{ nodes, edges }, details, { names }] = await Promise.all([
      neighbourhood(this.#graph, route, relationships),
      entityDetails(this.#graph, route, relationships, go),
      this.#graph.members(route.node),
    ]);
    if (isStale()) return;
    const name = names[route.member] ?? '';
    this.#useCanvas(`${name} and its neighbours; the details beside it list them all`);
    this.#canvas.draw(nodes, edges);
    this.#setPanel(details);
    this.#setPath(this.#graph.node(route.node).name, name, route.node);
  }

  #useCanvas(label: string): void {
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#canvasElement.hidden = this.#zoom.hidden = false;
    this.#canvasElement.setAttribute('aria-label', label);
  }

  #setPanel(content: HTMLElement): void {
    this.#panel.replaceChildren(content);
    this.#panel.scrollTop = 0;
  }

  /** Where one is, and the way back. */
  #setPath(type?: string, entity?: string, node?: number): void {
    const { kind } = this.#graph.data;
    const start = kind === 'steps' ? 'All steps' : 'All types';
    const parts: Node[] = [
      type === undefined
        ? element('span', { text: start })
        : button(
            start,
            () => {
              go({ view: 'overview' });
            },
            { className: 'link' },
          ),
    ];
    if (type !== undefined) {
      const open =
        node === undefined
          ? undefined
          : button(
              type,
              () => {
                go({ view: 'node', node });
              },
              { className: 'link' },
            );
      parts.push(new Text(' › '), open ?? element('span', { text: type }));
    }
    if (entity !== undefined) parts.push(new Text(' › '), element('span', { text: entity }));
    this.#path.replaceChildren(...parts);
  }

  #introduction(): HTMLElement {
    const { graphs, kind } = this.#graph.data;
    const hints: Record<PageData['kind'], string> = {
      graph:
        'Choose a type to see its entities, and an entity to see its properties and neighbours. Going back in the browser works.',
      types:
        'Choose a type to see what is declared of it. A dashed border: optional, or collected by another integration.',
      steps: 'Choose a step to see what it brings. A dashed border: the step is off, and the details say why.',
    };
    return element('div', {
      children: [
        element('h2', { text: 'Overview' }),
        element('p', { text: hints[kind] }),
        ...graphs.map(({ label, ...graph }, place) =>
          element('p', {
            children: [
              element('span', { className: `dot hue-${place % 6}` }),
              element('strong', { text: ` ${label} ` }),
              element('span', { className: 'quiet', text: graphNote({ label, ...graph }) }),
            ],
          }),
        ),
      ],
    });
  }

  #neighbours(node: number): string[] {
    return this.#graph.data.edges.flatMap(({ from, to }) =>
      from === node ? [String(to)] : to === node ? [String(from)] : [],
    );
  }

  #highlight(): void {
    if (readRoute(location.hash).view !== 'overview') return;
    this.#canvas.highlight(this.#filtered === undefined ? undefined : new Set([...this.#filtered].map(String)));
  }

  #openBox(id: string): void {
    const entity = entityOf(id);
    if (entity !== undefined) go({ view: 'entity', ...entity });
    else if (/^\d+$/.test(id)) go({ view: 'node', node: Number(id) });
    // A box that stands for more neighbours: the panel lists them.
    else this.#panel.focus();
  }

  #openEdge(id: string): void {
    const edge = /^\d+$/.test(id) ? this.#graph.data.edges[Number(id)] : undefined;
    if (edge !== undefined) go({ view: 'node', node: edge.from });
  }
}

function go(route: Route): void {
  location.hash = writeRoute(route);
}
