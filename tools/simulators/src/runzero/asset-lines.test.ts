import { describe, expect, it } from 'vitest';
import { AssetLines } from './asset-lines.js';
import type { AssetSelection } from './asset-lines.js';
import type { AssetFields } from './asset-template.js';
import { runzero } from './definition.js';
import { tenancy } from './tenancy.js';
import type { Organization } from './tenancy.js';

const SEED = 1;
const ALL: AssetSelection = { fields: undefined, includes: () => true, lineBytes: 0 };

function organization(assets: number): Organization {
  const [first] = tenancy({ ...runzero.defaults, assets }, SEED).organizations;
  if (first === undefined) throw new Error('The account has no organization.');
  return first;
}

function read(lines: AssetLines): AssetFields[] {
  return Buffer.concat([...lines.chunks()])
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AssetFields);
}

describe('AssetLines', () => {
  it('gives every asset an id, addresses and names of its own', () => {
    const assets = read(new AssetLines(organization(1_000), SEED, ALL));

    expect(assets).toHaveLength(1_000);
    expect(new Set(assets.map((asset) => asset['id'])).size).toBe(1_000);
    expect(new Set(assets.map((asset) => (asset['addresses'] as string[])[0])).size).toBe(1_000);
    for (const asset of assets) {
      expect(asset['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(JSON.stringify(asset)).not.toContain('%');
    }
  });

  it('gives the same assets for the same seed, others for another', () => {
    const one = Buffer.concat([...new AssetLines(organization(50), SEED, ALL).chunks()]);

    expect(Buffer.concat([...new AssetLines(organization(50), SEED, ALL).chunks()]).equals(one)).toBe(true);
    expect(Buffer.concat([...new AssetLines(organization(50), 2, ALL).chunks()]).equals(one)).toBe(false);
  });

  it('gives the same assets as lines and as objects', () => {
    const lines = new AssetLines(organization(300), SEED, ALL);

    expect([...lines.assets()]).toEqual(read(lines));
  });

  it('has the mean size of recorded assets, and small ones among them', () => {
    const sizes = read(new AssetLines(organization(422), SEED, ALL)).map((asset) => JSON.stringify(asset).length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;

    expect(mean).toBeGreaterThan(8_000);
    expect(mean).toBeLessThan(16_000);
    expect(Math.min(...sizes)).toBeLessThan(2_500);
  });

  it('gives only the fields asked for', () => {
    const [asset] = read(new AssetLines(organization(5), SEED, { ...ALL, fields: ['id', 'names', 'no_such_field'] }));

    expect(Object.keys(asset ?? {})).toEqual(['id', 'names']);
  });

  it('pads lines to the size asked for', () => {
    const lines = new AssetLines(organization(400), SEED, { ...ALL, fields: ['id', 'attributes'], lineBytes: 4_096 });
    const sizes = Buffer.concat([...lines.chunks()])
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((line) => line.length + 1);

    expect(Math.min(...sizes)).toBeGreaterThan(4_060);
    expect(Math.max(...sizes)).toBeLessThan(4_130);
  });

  it('leaves out the assets that a search does not find', () => {
    const dead = new AssetLines(organization(100), SEED, { ...ALL, includes: (asset) => asset['alive'] === false });

    expect(read(dead).length).toBeGreaterThan(0);
    expect(read(dead).every((asset) => asset['alive'] === false)).toBe(true);
  });

  it('has nothing to say about an organization without assets', () => {
    expect([...new AssetLines(organization(0), SEED, ALL).chunks()]).toEqual([]);
  });
});
