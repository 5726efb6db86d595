import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('affected.mjs', import.meta.url));

it.each(['', 'main', '--all', 'HEAD; id', '0123456789abcdef'])('takes "%s" for no commit', (BASE_SHA) => {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT], {
    encoding: 'utf8',
    env: { ...process.env, BASE_SHA },
  });

  expect(stderr).toBe('BASE_SHA must be the full hash of a commit.\n');
  expect(status).toBe(1);
});
