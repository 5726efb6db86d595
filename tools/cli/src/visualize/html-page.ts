import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PageAssets } from './page-assets.js';
import type { PageData } from './page-data.js';

/** Cytoscape would otherwise add a style sheet of its own, which the policy forbids; ours holds its one rule. */
const STYLE_ID = '__________cytoscape_stylesheet';

/**
 * Writes a page: one file that needs no other. The code comes before the chunks, so that the first view is there while the
 * rest of a large file is still being read. The file appears when it is complete.
 *
 * @param chunks file with the chunks' elements; absent when there are none.
 */
export async function writeHtmlPage(
  path: string,
  data: PageData,
  chunks: string | undefined,
  assets: PageAssets,
): Promise<void> {
  const temporary = `${path}.new`;
  async function* content(): AsyncGenerator<string | Buffer> {
    yield head(data, assets);
    if (chunks !== undefined) for await (const part of createReadStream(chunks)) yield part as Buffer;
    yield '</body>\n</html>\n';
  }
  try {
    await pipeline(Readable.from(content()), createWriteStream(temporary));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

function head(data: PageData, { script, style }: PageAssets): string {
  const code = inertScript(script);
  // Nothing is fetched, nothing but this very code runs, and text cannot become markup.
  const policy = [
    "default-src 'none'",
    `script-src '${hash(code)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(data.title)} - Vendor Graph</title>
<style id="${STYLE_ID}">${style}</style>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
<script type="application/json" id="page-data">${inertJson(data)}</script>
<script>${code}</script>
`;
}

/** JSON that cannot end the element it stands in, nor a line of a script. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Our own code: in its strings, and only there, could stand what HTML takes for markup. */
function inertScript(script: string): string {
  return script.replace(/<(\/script|!--)/gi, '<\\$1');
}

function htmlText(text: string): string {
  return text.replace(/[&<>"'\u2028\u2029]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function hash(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
