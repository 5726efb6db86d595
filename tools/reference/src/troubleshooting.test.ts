import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WORKSPACE } from './workspace.js';

const page = readFileSync(join(WORKSPACE, 'docs/troubleshooting.md'), 'utf8');
const explained = new Set([...page.matchAll(/`([A-Z][A-Z_]+[A-Z])`/g)].map(([, code]) => code));

/** Codes that the libraries give to errors, by what stands in their sources. */
const CODE = /(?:\bcode:|AttemptFailure\(\s*'[\w-]+',|\|)\s*'([A-Z][A-Z_]{4,})'/g;

/** What an event says of an answer that its consumer left. */
const NO_ERRORS: readonly (string | undefined)[] = ['STOPPED'];

it.each(['shared/flow-control/src', 'shared/http/src', 'shared/integration/src'])(
  'docs/troubleshooting.md explains every code of an error that %s makes',
  (folder) => {
    const root = join(WORKSPACE, folder);
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /(?<!\.test|\.test-d)\.ts$/.test(file) && !file.startsWith('testing'),
    );
    const codes = sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(CODE)].map(([, code]) => code),
    );

    expect(codes.length).toBeGreaterThan(0);
    expect([...new Set(codes)].filter((code) => !explained.has(code) && !NO_ERRORS.includes(code))).toEqual([]);
  },
);
