import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTarball } from './read-tarball.js';
import { unpackTarball } from './unpack-tarball.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  mkdirSync(join(folder, 'package', 'dist'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function packed(...paths: string[]): string {
  const tarball = join(folder, 'a.tgz');
  execFileSync('tar', ['--format=ustar', '-czf', tarball, ...paths], { cwd: folder });
  return tarball;
}

it('reads the files, whole, by their path in the package', () => {
  writeFileSync(join(folder, 'package', 'package.json'), '{}');
  writeFileSync(join(folder, 'package', 'dist', 'index.js'), 'x'.repeat(1_000));
  writeFileSync(join(folder, 'package', 'empty'), '');

  const files = readTarball(packed('package/package.json', 'package/empty', 'package/dist/index.js'));

  expect([...files].map(([path, content]) => [path, content.length])).toEqual([
    ['package.json', 2],
    ['empty', 0],
    ['dist/index.js', 1_000],
  ]);
});

it('reads paths of more than 100 characters', () => {
  const long = `${'a'.repeat(60)}/${'b'.repeat(60)}`;
  mkdirSync(join(folder, 'package', 'a'.repeat(60)));
  writeFileSync(join(folder, 'package', long), 'here');

  expect([...readTarball(packed(`package/${long}`)).keys()]).toEqual([long]);
});

it('unpacks what it has read', () => {
  writeFileSync(join(folder, 'package', 'dist', 'index.js'), 'export {};');

  unpackTarball(readTarball(packed('package/dist/index.js')), join(folder, 'unpacked'));

  expect(readFileSync(join(folder, 'unpacked', 'dist', 'index.js'), 'utf8')).toBe('export {};');
});

it('refuses a link', () => {
  symlinkSync('/etc/passwd', join(folder, 'package', 'link'));

  expect(() => readTarball(packed('package/link'))).toThrow('holds package/link, which is no file of a package');
});

it('refuses a file outside of the package', () => {
  writeFileSync(join(folder, 'other'), '');

  expect(() => readTarball(packed('other'))).toThrow('holds other, which is no file of a package');
});
