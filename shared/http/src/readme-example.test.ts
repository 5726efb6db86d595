import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { DEFAULT_RETRY } from './retry-policy.js';
import { DEFAULT_TIMEOUTS } from './timeouts.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/(?<=\|.*) +/g, ' ');

it('has an example that runs and prints what the README says', async () => {
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const output = /```text\n(.*?)```/s.exec(readme)?.[1];

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // Nx colours what its tasks print.
    env: { ...process.env, FORCE_COLOR: '0' },
    timeout: 30_000,
  });

  expect(stdout).toBe(output);
});

it('names the defaults that are in force', () => {
  const { attempts, baseDelayMs, maxDelayMs, retryAfterCapMs, statuses, rateLimitWaitCapMs, malformedRetries } =
    DEFAULT_RETRY;
  const { connectMs, headersMs, bodyMs, totalMs } = DEFAULT_TIMEOUTS;
  const figure = (value: number | undefined): string => (value ?? Number.NaN).toLocaleString('en-US');

  expect(readme).toContain(`| \`attempts\` | ${attempts} |`);
  expect(readme).toContain(`| \`baseDelayMs\`, \`maxDelayMs\` | ${figure(baseDelayMs)}, ${figure(maxDelayMs)} |`);
  expect(readme).toContain(`| \`retryAfterCapMs\` | ${figure(retryAfterCapMs)} |`);
  expect(readme).toContain(`| \`statuses\` | ${statuses.join(' ')} |`);
  expect(readme).toContain(`| \`rateLimitWaitCapMs\` | ${figure(rateLimitWaitCapMs)} |`);
  expect(readme).toContain(`| \`malformedRetries\` | ${malformedRetries} |`);
  expect(readme).toContain(`| \`connectMs\` | ${figure(connectMs)} |`);
  expect(readme).toContain(`| \`headersMs\` | ${figure(headersMs)} |`);
  expect(readme).toContain(`| \`bodyMs\` | ${figure(bodyMs)} |`);
  expect(readme).toContain(`| \`totalMs\` | ${figure(totalMs)}; streams: none |`);
});
