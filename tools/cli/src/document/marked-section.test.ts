import { describe, expect, it } from 'vitest';
import { withMarkedSection } from './marked-section.js';

const START = '<!-- {J1_DOCUMENTATION_MARKER_START} -->';
const END = '<!-- {J1_DOCUMENTATION_MARKER_END} -->';

describe('withMarkedSection', () => {
  it('replaces what stands between the markers and nothing else', () => {
    expect(withMarkedSection(`# A\n${START}\nold\n${END}\nafter $& it\n`, '## New $&', 'a.md')).toBe(
      `# A\n${START}\n\n## New $&\n\n${END}\nafter $& it\n`,
    );
  });

  it.each([
    ['no marker', '# A'],
    ['only the first', START],
    ['the wrong order', `${END}\n${START}`],
    ['a marker twice', `${START}\n${END}\n${START}\n${END}`],
  ])('refuses a page with %s', (_case, page) => {
    expect(() => withMarkedSection(page, 'x', 'a.md')).toThrow('a.md needs these two lines once');
  });
});
