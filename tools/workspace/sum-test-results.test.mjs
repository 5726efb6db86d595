import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closingLine, sumTestResults } from './sum-test-results.mjs';

const SCRIPT = fileURLToPath(new URL('sum-test-results.mjs', import.meta.url));

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function result(name, passed, failed = 0, pending = 0, success = failed === 0) {
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0, success };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(counts));
}

describe('sumTestResults', () => {
  it('adds up the projects', () => {
    result('http', 30);
    result('cli', 12, 1, 2);

    expect(sumTestResults(folder)).toEqual({
      projects: [
        { name: 'cli', passed: 12, failed: 1, skipped: 2 },
        { name: 'http', passed: 30, failed: 0, skipped: 0 },
      ],
      passed: 42,
      failed: 1,
      skipped: 2,
    });
  });

  it('counts a test file that could not be loaded as a failure', () => {
    result('http', 30, 0, 0, false);

    expect(sumTestResults(folder)).toMatchObject({ passed: 30, failed: 1 });
  });

  it('refuses a folder without results', () => {
    expect(() => sumTestResults(folder)).toThrow('There are no test results');
  });

  it('refuses a file that is not a result', () => {
    writeFileSync(join(folder, 'x.json'), '{"numPassedTests": "3"}');

    expect(() => sumTestResults(folder)).toThrow('x.json is not a result of vitest');
  });
});

describe('closingLine', () => {
  it.each([
    [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed'],
    [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped'],
  ])('of %j is %s', (sum, line) => {
    expect(closingLine(sum)).toBe(line);
  });
});

describe('the script', () => {
  it('closes with the sum alone on a line', () => {
    result('http', 30);

    expect(execFileSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' })).toBe(
      'http: 30 passed, 0 failed\n30 passed, 0 failed\n',
    );
  });

  it.each([
    ['a test failed', 3, 1],
    ['no test ran', 0, 0],
  ])('fails when %s', (_case, passed, failed) => {
    result('http', passed, failed);

    expect(spawnSync(process.execPath, [SCRIPT, folder]).status).toBe(1);
  });
});
