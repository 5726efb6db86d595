import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulatorDefinitions } from './registry.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists the options of every simulator with their defaults and meanings', () => {
    const sections = Object.values(simulatorDefinitions).map(({ vendor, title, defaults, optionHelp }) => {
      const rows = Object.entries(optionHelp).map(
        ([option, help]) =>
          `| \`${option}\` | \`${String(defaults[option])}\` | ${help.replaceAll('|', String.raw`\|`)} |`,
      );
      return [`### \`${vendor}\`: ${title}`, '', '| option | default | meaning |', '| --- | --- | --- |', ...rows].join(
        '\n',
      );
    });
    const listed = /<!-- options:start -->\n(.*)<!-- options:end -->/s.exec(readme)?.[1];

    // Prettier pads the columns of a table.
    expect(listed?.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')).toBe(`\n${sections.join('\n\n')}\n\n`);
  });
});
