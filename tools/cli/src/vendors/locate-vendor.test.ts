import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownVendors } from './known-vendors.js';
import { locateVendor } from './locate-vendor.js';

const VENDOR = { keywords: ['integration'], dependencies: { '@vendor-graph/integration': '1' } };

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vendors-')));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function addPackage(folder: string, manifest: object, built = true): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(
    join(root, folder, 'package.json'),
    JSON.stringify({ version: '1.0.0', exports: { '.': { default: './main.js' } }, ...VENDOR, ...manifest }),
  );
  if (built) writeFileSync(join(root, folder, 'main.js'), '');
}

function makeWorkspace(): void {
  writeFileSync(join(root, 'pnpm-workspace.yaml'), '');
  addPackage('packages/acme', { name: '@vendor-graph/acme' });
  addPackage('packages/beta', { name: '@vendor-graph/beta' }, false);
}

describe('in the workspace', () => {
  beforeEach(makeWorkspace);

  it.each([
    ['its name', 'acme', '.'],
    ['its name, from a folder of the workspace', 'acme', 'packages/beta'],
    ["its package's name", '@vendor-graph/acme', '.'],
    ['a path', 'packages/acme', '.'],
    ['a relative path', '../acme', 'packages/beta'],
  ])('finds a vendor by %s', (_how, argument, cwd) => {
    expect(locateVendor(argument, join(root, cwd))).toEqual({
      vendor: 'acme',
      packageName: '@vendor-graph/acme',
      version: '1.0.0',
      folder: join(root, 'packages/acme'),
      entry: join(root, 'packages/acme/main.js'),
      envFile: join(root, 'packages/acme/.env'),
      graphFolder: join(root, 'packages/acme/.j1-integration'),
    });
  });

  it('says how to build a package that is not built', () => {
    expect(() => locateVendor('beta', root)).toThrow('is not built. Run: npx nx build beta');
  });

  it('suggests a vendor', () => {
    expect(() => locateVendor('amce', root)).toThrow(
      'There is no vendor package "amce" here. Did you mean acme? Known: acme, beta.',
    );
  });

  it('knows its vendors, and no other packages', () => {
    addPackage('packages/tool', { name: '@vendor-graph/tool', keywords: [] });

    expect(knownVendors(join(root, 'packages'))).toEqual(['acme', 'beta']);
  });
});

describe('outside the workspace', () => {
  beforeEach(() => {
    addPackage('node_modules/@vendor-graph/acme', { name: '@vendor-graph/acme' });
    addPackage('node_modules/@other/graph-gamma', { name: '@other/graph-gamma', exports: undefined, main: 'main.js' });
    addPackage('elsewhere/delta', { name: 'delta' });
    mkdirSync(join(root, 'work'));
  });

  it.each([
    ['acme', 'acme', 'node_modules/@vendor-graph/acme'],
    ['@vendor-graph/acme', 'acme', 'node_modules/@vendor-graph/acme'],
    ['@other/graph-gamma', 'graph-gamma', 'node_modules/@other/graph-gamma'],
    ['../elsewhere/delta', 'delta', 'elsewhere/delta'],
  ])('finds %s, whose graph and settings are in a folder of its name', (argument, vendor, folder) => {
    expect(locateVendor(argument, join(root, 'work'))).toMatchObject({
      vendor,
      entry: join(root, folder, 'main.js'),
      envFile: join(root, 'work', vendor, '.env'),
      graphFolder: join(root, 'work', vendor),
    });
  });

  it('knows the installed vendors', () => {
    addPackage('node_modules/@vendor-graph/http', { name: '@vendor-graph/http', keywords: ['http'] });

    // The command's own place counts, too, whatever it holds.
    expect(knownVendors(root)).toContain('acme');
    expect(knownVendors(root)).not.toContain('http');
  });

  it('says that a path holds no package', () => {
    expect(() => locateVendor('./nothing', root)).toThrow(`There is no package in ${join(root, 'nothing')}.`);
  });
});
