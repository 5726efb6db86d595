import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sameObjects, writtenObjects } from './written-objects.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'written-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, content: object): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

/** The digest of the only kind of objects that these files hold. */
function digestOf(...objects: object[]): number | undefined {
  for (const [index, object] of objects.entries()) write(`digest/${index}.json`, { entities: [object] });
  const digest = writtenObjects(join(folder, 'digest'))['entities/acme_host']?.digest;
  rmSync(join(folder, 'digest'), { recursive: true });
  return digest;
}

describe('writtenObjects', () => {
  it('counts entities and relationships by type, over files in folders of any depth', () => {
    write('fetch-hosts/entities/1.json', { entities: [{ _type: 'acme_host' }, { _type: 'acme_host' }] });
    write('fetch-hosts/entities/2.json', { entities: [{ _type: 'acme_host' }, { _type: 'acme_user' }] });
    write('relationships/acme_account_has_host.json', { relationships: [{ _type: 'acme_account_has_host' }] });

    expect(writtenObjects(folder)).toMatchObject({
      'entities/acme_host': { count: 3 },
      'entities/acme_user': { count: 1 },
      'relationships/acme_account_has_host': { count: 1 },
    });
  });

  it('finds nothing in a folder without files', () => {
    expect(writtenObjects(folder)).toEqual({});
  });

  const web = { _type: 'acme_host', name: 'web', ports: [80, 443], os: { name: 'Linux', version: null } };
  const db = { _type: 'acme_host', name: 'db', ports: [], os: null };

  it('knows the same objects again, in another order and with their properties in another order', () => {
    const reordered = { os: { version: null, name: 'Linux' }, ports: [80, 443], name: 'web', _type: 'acme_host' };

    expect(digestOf(db, reordered)).toBe(digestOf(web, db));
  });

  it.each([
    ['a value', { ...web, name: 'www' }],
    ['one more property', { ...web, fqdn: 'web.example.com' }],
    ['one property less', { _type: 'acme_host', name: 'web', ports: [80, 443] }],
    ['the order of a list', { ...web, ports: [443, 80] }],
    ['a value further inside', { ...web, os: { name: 'Linux', version: '6' } }],
    ['the kind of a value', { ...web, ports: ['80', '443'] }],
  ])('tells objects apart by %s', (_what, changed) => {
    expect(digestOf(changed, db)).not.toBe(digestOf(web, db));
  });
});

describe('sameObjects', () => {
  it('counts the objects of those kinds that are the same in both', () => {
    const ours = {
      'entities/acme_host': { count: 3, digest: 7 },
      'entities/acme_user': { count: 2, digest: 8 },
      'entities/acme_group': { count: 1, digest: 9 },
      'relationships/acme_group_has_user': { count: 4, digest: 1 },
    };
    const other = {
      'entities/acme_host': { count: 3, digest: 7 },
      'entities/acme_user': { count: 2, digest: 5 },
      'relationships/acme_group_has_user': { count: 4, digest: 1 },
    };

    expect(sameObjects(ours, other)).toBe(7);
  });
});
