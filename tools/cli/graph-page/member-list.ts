import { amount, button, element } from './elements.js';
import { matcher } from './entity-search.js';
import type { Members } from './page-graph.js';

/** So many entities stand on one page of the list. */
const PAGE_SIZE = 100;
/** Somebody who types waits no longer than this for the list to follow. */
const TYPING_PAUSE_MS = 120;

/** The list of a type's entities, page by page, with a filter. */
export function memberList({ names, keys }: Members, onOpen: (member: number) => void): HTMLElement {
  let matching: readonly number[] = names.map((_, member) => member);
  let page = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const filter = element('input', {
    attributes: {
      type: 'search',
      'aria-label': 'Filter this list by name or key',
      placeholder: 'Filter by name or key',
    },
  });
  const status = element('p', { className: 'quiet', attributes: { role: 'status' } });
  const rows = element('tbody');
  const head = element('tr', {
    children: ['Name', 'Key'].map((text) => element('th', { text, attributes: { scope: 'col' } })),
  });
  const table = element('table', { className: 'members', children: [element('thead', { children: [head] }), rows] });
  const first = button('First', () => {
    turnTo(0);
  });
  const previous = button('Previous', () => {
    turnTo(page - 1);
  });
  const next = button('Next', () => {
    turnTo(page + 1);
  });
  const last = button('Last', () => {
    turnTo(lastPage());
  });
  const scroll = element('div', { className: 'scroll', children: [table] });

  const lastPage = (): number => Math.max(0, Math.ceil(matching.length / PAGE_SIZE) - 1);
  const turnTo = (wanted: number): void => {
    page = Math.min(Math.max(wanted, 0), lastPage());
    const start = page * PAGE_SIZE;
    const shown = matching.slice(start, start + PAGE_SIZE);
    rows.replaceChildren(
      ...shown.map((member) => {
        const open = button(
          names[member] ?? '',
          () => {
            onOpen(member);
          },
          { className: 'link' },
        );
        const cells = [
          element('td', { children: [open] }),
          element('td', { className: 'key', text: keys[member] ?? '' }),
        ];
        return element('tr', { children: cells });
      }),
    );
    status.textContent =
      matching.length === 0
        ? 'Nothing matches.'
        : `${amount(start + 1)} to ${amount(start + shown.length)} of ${amount(matching.length)}`;
    first.disabled = previous.disabled = page === 0;
    next.disabled = last.disabled = page === lastPage();
    scroll.scrollTop = 0;
  };

  filter.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const matches = matcher(filter.value);
      matching = names.flatMap((name, member) => (matches(name, keys[member] ?? '') ? [member] : []));
      turnTo(0);
    }, TYPING_PAUSE_MS);
  });
  turnTo(0);
  const bar = element('div', { className: 'bar', children: [filter, first, previous, next, last, status] });
  return element('div', { className: 'list', children: [bar, scroll] });
}
