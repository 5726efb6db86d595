import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inertJson, writeHtmlPage } from './html-page.js';
import type { PageData } from './page-data.js';

const HOSTILE = '</script><!--<script>&\u2028\u2029';

describe('writeHtmlPage', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'html-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const page = async (script: string): Promise<string> => {
    const data: PageData = { kind: 'graph', title: HOSTILE, generatedOn: 0, graphs: [], nodes: [], edges: [] };
    await writeHtmlPage(join(folder, 'page.html'), data, undefined, { script, style: 'body{}' });
    return readFileSync(join(folder, 'page.html'), 'utf8');
  };

  it('lets no text of a vendor end an element', async () => {
    const html = await page('const text = "</script><!--";');

    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
    expect(html).not.toContain('\u2028');
    expect(html).toContain('<title>&#60;/script&#62;');
  });

  it('allows its own code alone, and no request', async () => {
    const html = await page('start();');
    const hash = createHash('sha256').update('start();').digest('base64');

    expect(html).toContain(`default-src 'none'; script-src 'sha256-${hash}'; style-src 'sha256-`);
    expect(html).not.toMatch(/(src|href)=/);
  });

  it('leaves nothing but the page behind', async () => {
    await page('');

    expect(readdirSync(folder)).toEqual(['page.html']);
  });
});

describe('inertJson', () => {
  it('is the same value when it is read', () => {
    expect(JSON.parse(inertJson({ name: HOSTILE }))).toEqual({ name: HOSTILE });
    expect(inertJson(HOSTILE)).not.toMatch(/[<>&\u2028\u2029]/);
  });
});
