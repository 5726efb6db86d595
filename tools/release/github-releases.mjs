// Makes a release on GitHub for each tarball whose version has none yet: the changelog's words, the tarball and its bill of
// materials. Needs nothing but Node.js and GitHub's command `gh`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * The part of a changelog that is about one version; empty when there is none.
 *
 * @param {string} changelog
 * @param {string} version
 */
export function changesOf(changelog, version) {
  const [, changes = ''] = changelog.split(new RegExp(`^##? \\[?${version.replaceAll('.', '\\.')}\\b.*$`, 'm'));
  return (changes.split(/^##? \[?\d/m)[0] ?? '').trim();
}

/** @param {string} tarball @param {string} path */
function read(tarball, path) {
  const { stdout, status } = spawnSync('tar', ['-xzOf', tarball, `package/${path}`], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

/** @param {string} folder */
function main(folder) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.tgz'))) {
    const tarball = join(folder, file);
    const project = file.slice(0, -'.tgz'.length);
    const { name, version } = /** @type {{ name: string, version: string }} */ (
      JSON.parse(read(tarball, 'package.json'))
    );
    const tag = `${project}@${version}`;
    if (spawnSync('gh', ['release', 'view', tag], { stdio: 'ignore' }).status === 0) {
      console.log(`${tag} has a release already.`);
      continue;
    }
    const bill = join(folder, `${project}.cdx.json`);
    const assets = [tarball, ...(existsSync(bill) ? [bill] : [])];
    const notes = changesOf(read(tarball, 'CHANGELOG.md'), version);
    const title = `${name} ${version}`;
    execFileSync('gh', ['release', 'create', tag, ...assets, '--verify-tag', '--title', title, '--notes', notes], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    console.log(`${tag} is released.`);
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) main(argv[2] ?? 'tarballs');
