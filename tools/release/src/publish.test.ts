import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';
import { workspaceRoot } from './workspace-root.js';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'tarballs'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  server?.close();
  server = undefined;
});

/** A tarball as `pack` leaves it. */
function tarball(name: string, manifest: object, changelog?: string): void {
  mkdirSync(join(folder, 'package'), { recursive: true });
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
  if (changelog !== undefined) writeFileSync(join(folder, 'package', 'CHANGELOG.md'), changelog);
  spawnSync('tar', ['-czf', join(folder, 'tarballs', `${name}.tgz`), 'package'], { cwd: folder });
  rmSync(join(folder, 'package'), { recursive: true });
}

/** A command that notes its arguments, and then does what a line of shell says. */
function command(name: string, line: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "$*" >> "${folder}/calls"\n${line}\n`, { mode: 0o755 });
}

function calls(): string[] {
  const file = join(folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll(folder, '.').trim().split('\n') : [];
}

async function run(script: string, ...args: string[]): ReturnType<typeof runProgram> {
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  return runProgram(process.execPath, [join(workspaceRoot, 'tools', 'release', script), ...args], {
    cwd: folder,
    env: { ...process.env, PATH, NX_DRY_RUN: '' },
  });
}

describe('publish.mjs', () => {
  beforeEach(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/@acme%2fthere') response.end(JSON.stringify({ versions: { '1.0.0': {} } }));
      else response.writeHead(url === '/@acme%2fbroken' ? 500 : 404).end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    command(
      'npm',
      `case "$*" in "config get @acme:registry") echo http://127.0.0.1:${port};; *thing-that-fails*) exit 3;; esac`,
    );
  });

  it('publishes those first that others need', async () => {
    tarball('a', { name: '@acme/a', version: '1.0.0', dependencies: { '@acme/b': '^1.0.0' } });
    tarball('b', { name: '@acme/b', version: '1.0.0', peerDependencies: { '@acme/c': '^1.0.0' } });
    tarball('c', { name: '@acme/c', version: '1.0.0' });

    const { code, stdout } = await run('publish.mjs', 'tarballs', '--provenance');

    expect(code).toBe(0);
    expect(calls()).toEqual([
      'config get @acme:registry',
      'publish ./tarballs/c.tgz --access=public --provenance',
      'publish ./tarballs/b.tgz --access=public --provenance',
      'publish ./tarballs/a.tgz --access=public --provenance',
    ]);
    expect(stdout).toBe('@acme/c@1.0.0 is published.\n@acme/b@1.0.0 is published.\n@acme/a@1.0.0 is published.\n');
  });

  it('leaves out what the registry has', async () => {
    tarball('there', { name: '@acme/there', version: '1.0.0' });

    const { stdout } = await run('publish.mjs', 'tarballs/there.tgz');

    expect(stdout).toBe('@acme/there@1.0.0 is in the registry already.\n');
    expect(calls()).toEqual(['config get @acme:registry']);
  });

  it('publishes a version that the registry does not have yet', async () => {
    tarball('there', { name: '@acme/there', version: '1.0.1' });

    expect((await run('publish.mjs', 'tarballs')).stdout).toBe('@acme/there@1.0.1 is published.\n');
  });

  it('only tries in a dry run, also as Nx asks for one', async () => {
    tarball('a', { name: '@acme/a', version: '1.0.0' });

    const { stdout } = await run('publish.mjs', 'tarballs/a.tgz', '--dryRun=true', '--firstRelease=true');

    expect(stdout).toBe('@acme/a@1.0.0 would be published.\n');
    expect(calls()[1]).toBe('publish ./tarballs/a.tgz --access=public --dry-run');
  });

  it('stops at the first that fails', async () => {
    tarball('thing-that-fails', { name: '@acme/a', version: '1.0.0' });
    tarball('z', { name: '@acme/z', version: '1.0.0' });

    const { code, stderr } = await run('publish.mjs', 'tarballs');

    expect(code).toBe(1);
    expect(stderr).toBe('npm did not publish @acme/a@1.0.0.\n');
    expect(calls()).toHaveLength(2);
  });

  it('publishes nothing when the registry does not say what it has', async () => {
    tarball('broken', { name: '@acme/broken', version: '1.0.0' });

    const { code, stderr } = await run('publish.mjs', 'tarballs');

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The registry did not say whether @acme/broken@1.0.0 is published: 500.\n',
    });
  });

  it('says how it is used', async () => {
    const { code, stderr } = await run('publish.mjs');

    expect(code).toBe(1);
    expect(stderr).toContain('publish.mjs <tarball or folder of tarballs>');
  });
});

describe('github-releases.mjs', () => {
  const CHANGELOG = '## 1.1.0 (2026-01-02)\n\n- new\n\n## 1.0.0 (2026-01-01)\n\n- old\n';

  it('releases what has no release yet, with the words of its changelog and its bill of materials', async () => {
    tarball('http', { name: '@acme/http', version: '1.1.0' }, CHANGELOG);
    tarball('cli', { name: '@acme/cli', version: '2.0.0' });
    writeFileSync(join(folder, 'tarballs', 'http.cdx.json'), '{}');
    command('gh', 'case "$*" in "release view cli@2.0.0") exit 0;; "release view"*) exit 1;; esac');

    const { code, stdout } = await run('github-releases.mjs', 'tarballs');

    expect(code).toBe(0);
    expect(stdout).toBe('cli@2.0.0 has a release already.\nhttp@1.1.0 is released.\n');
    expect(calls()).toEqual([
      'release view cli@2.0.0',
      'release view http@1.1.0',
      'release create http@1.1.0 tarballs/http.tgz tarballs/http.cdx.json --verify-tag --title @acme/http 1.1.0 --notes - new',
    ]);
  });

  it('fails when GitHub refuses a release', async () => {
    tarball('http', { name: '@acme/http', version: '1.1.0' }, CHANGELOG);
    command('gh', 'exit 1');

    expect((await run('github-releases.mjs', 'tarballs')).code).toBe(1);
  });
});
