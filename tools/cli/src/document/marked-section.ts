import { CommandError } from '../command-error.js';

const START = '<!-- {J1_DOCUMENTATION_MARKER_START} -->';
const END = '<!-- {J1_DOCUMENTATION_MARKER_END} -->';

/**
 * A page with its generated section, between JupiterOne's two markers, replaced.
 *
 * @param page the whole page.
 * @param place how to call the page in an error.
 * @throws CommandError when the page does not have each marker once, in order.
 */
export function withMarkedSection(page: string, section: string, place: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  const isAmbiguous = start !== page.lastIndexOf(START) || end !== page.lastIndexOf(END);
  if (start === -1 || end < start || isAmbiguous)
    throw new CommandError(`${place} needs these two lines once, where the tables shall stand:\n${START}\n${END}`);
  return `${page.slice(0, start + START.length)}\n\n${section}\n\n${page.slice(end)}`;
}
