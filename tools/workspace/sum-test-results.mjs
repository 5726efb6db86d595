// Adds up the JSON results of all projects' tests and closes with the line "N passed, N failed".
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * Adds up vitest's JSON results.
 *
 * @param {string} folder holds a file for each project.
 * @throws when there is no result, or one that is not a result.
 */
export function sumTestResults(folder) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (files.length === 0) throw new Error(`There are no test results in ${folder}.`);
  const projects = files.map((file) => ({ name: file.slice(0, -'.json'.length), ...readResult(join(folder, file)) }));
  const total = (key) => projects.reduce((sum, project) => sum + project[key], 0);
  return { projects, passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The closing line; other programs read it. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function readResult(path) {
  const result = JSON.parse(readFileSync(path, 'utf8'));
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
    success,
  } = result;
  for (const count of [passed, failed, pending, todo])
    if (!Number.isInteger(count)) throw new Error(`${path} is not a result of vitest.`);
  // A file that could not be loaded has no tests that failed.
  return { passed, failed: success || failed > 0 ? failed : 1, skipped: pending + todo };
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const sum = sumTestResults(argv[2] ?? 'test-results');
  for (const project of sum.projects) console.log(`${project.name}: ${closingLine(project)}`);
  console.log(closingLine(sum));
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}
