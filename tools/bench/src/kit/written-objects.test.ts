import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countObjects } from './count-objects.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'count-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, content: object): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

describe('countObjects', () => {
  it('counts entities and relationships by type, over files in folders of any depth', () => {
    write('fetch-hosts/entities/1.json', { entities: [{ _type: 'acme_host' }, { _type: 'acme_host' }] });
    write('fetch-hosts/entities/2.json', { entities: [{ _type: 'acme_host' }, { _type: 'acme_user' }] });
    write('relationships/acme_account_has_host.json', { relationships: [{ _type: 'acme_account_has_host' }] });

    expect(countObjects(folder)).toEqual({
      'entities/acme_host': 3,
      'entities/acme_user': 1,
      'relationships/acme_account_has_host': 1,
    });
  });

  it('finds nothing in a folder without files', () => {
    expect(countObjects(folder)).toEqual({});
  });
});
