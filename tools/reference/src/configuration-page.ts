import { environmentVariable, type ConfigField } from '@vendor-graph/integration';
import { format } from 'prettier';
import type { Vendor } from './load-vendors.js';

const INTRODUCTION = `# Configuration

Every field of every vendor, from the code. This page is written by \`npx nx run reference:write\`; do not edit it.

A field is read, first hit wins, from its environment variable, then from \`packages/<vendor>/.env\` (\`./<vendor>/.env\` outside
of the workspace), where the vendor's prefix may be left out. All problems are named at once. Variables that are the same for
all vendors are in [the command's README](../tools/cli/README.md#configuration).
`;

/** docs/configuration.md: what users configure, of each vendor. */
export async function configurationPage(vendors: readonly Vendor[]): Promise<string> {
  return format([INTRODUCTION, ...vendors.map(section)].join('\n'), { parser: 'markdown', printWidth: 120 });
}

function section({ name, title, invocationConfig }: Vendor): string {
  const fields = Object.entries((invocationConfig.instanceConfigFields ?? {}) as Record<string, ConfigField>);
  const sources = Object.entries(invocationConfig.ingestionConfig ?? {});
  const parts = [
    `## ${title}`,
    table(
      ['field', 'variable', 'kind', 'where it is found'],
      fields.map(([field, description]) => [
        code(field),
        code(environmentVariable(name, field)),
        kindOf(description),
        description.whereToFind,
      ]),
    ),
  ];
  if (sources.length > 0) {
    parts.push(
      `Ingestion sources, for \`--enable-source\`, \`--disable-source\`, \`${name.toUpperCase()}_ENABLED_SOURCES\` and \`${name.toUpperCase()}_DISABLED_SOURCES\`:`,
      table(
        ['source', 'by default', 'what it brings'],
        sources.map(([source, { title: what, description = '', defaultsToDisabled = false }]) => [
          code(source),
          defaultsToDisabled ? 'off' : 'on',
          `${what}. ${description}`.trim(),
        ]),
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function kindOf({ type, optional = false, mask = false }: ConfigField): string {
  return [
    optional ? 'optional' : 'required',
    ...(mask ? ['secret'] : []),
    ...(type === 'boolean' ? ['boolean'] : []),
  ].join(', ');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
