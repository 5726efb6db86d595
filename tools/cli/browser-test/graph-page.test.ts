import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeLargeGraph } from '../test-support/large-graph.js';
import { runCommand } from '../test-support/run-command.js';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const ENTITIES = 200_000;
const TIMEOUT_MS = 180_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe('the page of 200,000 entities', { timeout: TIMEOUT_MS }, () => {
  let folder: string;
  let file: string;
  let browser: BrowserContext;
  let page: Page;
  /** What must not happen on the page. */
  let complaints: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    file = join(folder, 'page.html');
    writeLargeGraph(join(folder, 'graph'), ENTITIES);
    const { code, stderr } = await runCommand(['visualize', './graph', '--out', file], { cwd: folder });
    expect(stderr).toContain('Written');
    expect(code).toBe(0);
  }, TIMEOUT_MS);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints = [];
    browser = await chromium.launchPersistentContext(mkdtempSync(join(folder, 'profile-')), {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
      viewport: { width: 1440, height: 900 },
    });
    await browser.route('**/*', async (route) => {
      const url = route.request().url();
      if (url === pathToFileURL(file).href) return route.continue();
      complaints.push(`request for ${url}`);
      return route.abort();
    });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
    await page.locator('canvas').first().waitFor();
  });
  afterEach(async () => {
    await browser.close();
    expect(complaints).toEqual([]);
  });

  const search = async (text: string): Promise<void> => {
    await page.getByLabel('Search all entities').fill(text);
    await page.getByText(/^[\d,]+ found/).waitFor();
  };
  const details = (): ReturnType<Page['locator']> => page.getByRole('complementary', { name: 'Details' });

  it('shows the types with their counts first, and what is partial', async () => {
    expect(await page.getByRole('button', { name: 'acme_asset 119,975' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'acme_service 79,984 partial' }).isVisible()).toBe(true);
    expect(await page.getByText('simulated data', { exact: true }).isVisible()).toBe(true);
    expect(statSync(file).size).toBeLessThan(30_000_000);
  });

  it('searches, opens an entity and follows a relationship', async () => {
    await search('host-77777');
    await page.getByRole('button', { name: 'host-77777', exact: true }).click();

    await details().getByRole('heading', { name: 'host-77777' }).waitFor();
    expect(await details().getByText('Windows 11').isVisible()).toBe(true);
    await details().getByRole('button', { name: 'Site 17', exact: true }).click();

    await details().getByRole('heading', { name: 'Site 17' }).waitFor();
    expect(await details().getByRole('heading', { name: 'HAS → acme_asset (2,999)' }).isVisible()).toBe(true);
    await page.goBack();
    await details().getByRole('heading', { name: 'host-77777' }).waitFor();
  });

  it('opens a type page by page, and filters its members', async () => {
    await page.getByRole('button', { name: /^acme_asset / }).click();
    await page.getByText('1 to 100 of 119,975').waitFor();
    expect(await page.getByRole('row').count()).toBe(101);

    await page.getByRole('button', { name: 'Last' }).click();
    await page.getByText('119,901 to 119,975 of 119,975').waitFor();
    await page.getByLabel('Filter this list by name or key').fill('host-1199');
    await page.getByText('1 to 86 of 86').waitFor();
  });

  it('filters types by name and class', async () => {
    await page.getByLabel('Filter by class').selectOption('Device');
    expect(await page.locator('.types button').allInnerTexts()).toEqual([expect.stringContaining('acme_asset')]);
    await page.getByLabel('Filter by class').selectOption('');
    await page.getByLabel('Filter by type').fill('site');
    expect(await page.locator('.types button').count()).toBe(1);
  });

  it("shows a vendor's markup as text", async () => {
    await search('script');
    await page.getByRole('button', { name: '<script>alert(1)</script>', exact: true }).click();
    await details().getByRole('heading', { name: '<script>alert(1)</script>' }).waitFor();

    await search('onerror');
    await page.getByRole('button', { name: /onerror/ }).click();
    await details()
      .getByRole('heading', { name: /<img src=x onerror=alert\(1\)>/ })
      .waitFor();

    expect(await page.locator('img').count()).toBe(0);
  });

  it('is usable with the keyboard alone', async () => {
    await page.getByLabel('Filter by class').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await details().getByRole('heading', { name: 'acme_asset' }).waitFor();
  });

  it('is light or dark as the system is, and as the switch says', async () => {
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe('rgb(246, 247, 249)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(18, 22, 29)');
    await page.getByRole('button', { name: 'Light / dark' }).click();
    expect(await ground()).toBe('rgb(246, 247, 249)');
  });
});
