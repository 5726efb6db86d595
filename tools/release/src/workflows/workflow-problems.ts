import { parse } from 'yaml';
import type { Job, Step, Workflow } from './workflow.js';

/** The job that may have an identity: it is the right to publish. */
const PUBLISHING_JOB = 'release.yml/publish';
/** Rights that a job needs a reason for, and the jobs that have one. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'id-token: write': [PUBLISHING_JOB],
  'contents: write': ['release.yml/github-releases'],
  'security-events: write': ['code-scanning.yml/codeql', 'code-scanning.yml/workflows', 'scorecard.yml/scorecard'],
};
/** Secrets that are no vendor's, and the steps that get them. */
const COLLECT = 'collect.yml/collect/Collect';
const UPLOAD = 'collect.yml/collect/Upload to JupiterOne';
const OTHER_SECRETS: Readonly<Record<string, readonly string[]>> = {
  JUPITERONE_API_KEY: [UPLOAD],
  JUPITERONE_ACCOUNT: [UPLOAD],
  JUPITERONE_API_BASE_URL: [UPLOAD],
  INTEGRATION_INSTANCE_ID: [COLLECT, UPLOAD],
  INTEGRATION_INSTANCE_NAME: [COLLECT],
};
const PINNED = /^\s*(?:- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/;
const EXPRESSION = '${{';

/**
 * Where a workflow breaks our rules:
 * no right unless a job says so, few rights that write, one job with an identity; actions by full hash, with the version
 * beside it; no credentials left in a checkout; one command to a step, without expressions, so that nobody's branch name
 * runs in a shell; a vendor's secrets only in the environment of the one step that collects this vendor, in this vendor's
 * own job.
 *
 * @param file the file's name.
 * @param text what stands in it.
 */
export function workflowProblems(file: string, text: string): string[] {
  const workflow = parse(text) as Workflow;
  const triggers = [workflow.on].flat().flatMap((on) => (typeof on === 'string' ? [on] : Object.keys(on)));
  return [
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['"permissions: {}" must stand at the top']),
    ...(triggers.includes('pull_request_target') ? ["pull_request_target runs a stranger's code with our rights"] : []),
    ...(workflow.env === undefined ? [] : ['"env" at the top reaches jobs that do not need it']),
    ...text
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line) && !PINNED.test(line))
      .map((line) => `"${line.trim()}" must name a full hash, and "# v…" beside it`),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => [
      ...jobProblems(`${file}/${name}`, job),
      ...(job.steps ?? []).flatMap((step) => stepProblems(`${file}/${name}`, step)),
    ]),
    ...secretProblems(file, workflow),
  ];
}

function jobProblems(place: string, job: Job): string[] {
  const { permissions } = job;
  const rights = typeof permissions === 'object' ? Object.entries(permissions) : [];
  return [
    ...(typeof permissions === 'object' ? [] : [`${place} must list its permissions`]),
    ...(job['timeout-minutes'] === undefined ? [`${place} needs "timeout-minutes"`] : []),
    ...rights
      .filter(([, access]) => access === 'write')
      .map(([scope, access]) => `${scope}: ${access}`)
      .filter((right) => RIGHTS[right]?.includes(place) !== true)
      .map((right) => `${place} must not have "${right}"`),
    ...(job.secrets === undefined ? [] : [`${place} hands secrets on`]),
  ];
}

function stepProblems(place: string, { uses = '', with: inputs = {}, run = '' }: Step): string[] {
  return [
    ...(uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false
      ? [`${place} must check out with "persist-credentials: false"`]
      : []),
    ...(run.includes(EXPRESSION) ? [`${place} has an expression in "${run.trim()}": hand it over by "env"`] : []),
    ...(/[\n;|&`<>]|\$\(/.test(run.trim()) ? [`${place} has shell code in "run": it belongs into a script`] : []),
    ...(place === PUBLISHING_JOB &&
    /\b(npm (ci|test)|pnpm|npx)\b|\.ci\/run|install(?! --global npm@\d+\.\d+\.\d+$)/.test(run)
      ? [`${place} runs code of dependencies with the right to publish: "${run}"`]
      : []),
  ];
}

/** Every mention of a secret has to be the value of a variable that a rule below allows. */
function secretProblems(file: string, workflow: Workflow): string[] {
  const problems: string[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    else if (typeof value === 'string' && /\bsecrets\b/.test(value) && value.includes(EXPRESSION)) {
      const problem = secretProblem(file, workflow, value, path);
      if (problem !== undefined) problems.push(`${file}/${path.join('/')}: ${problem}`);
    }
  };
  visit(workflow.jobs, []);
  return problems;
}

function secretProblem(
  file: string,
  { jobs }: Workflow,
  value: string,
  [job = '', steps, step = '', env, variable = '']: readonly string[],
): string | undefined {
  if (steps !== 'steps' || env !== 'env') return 'a secret may be a variable of one step only';
  const place = `${file}/${job}/${jobs[job]?.steps?.[Number(step)]?.name ?? step}`;
  if (value === `\${{ secrets.${variable} }}` && OTHER_SECRETS[variable]?.includes(place)) return undefined;
  const vendor = variable.split('_', 1).join('').toLowerCase();
  const guarded = `\${{ matrix.vendor == '${vendor}' && secrets.${variable} || '' }}`;
  if (value !== guarded) return `must be "${guarded}"`;
  return jobs[job]?.environment === 'collect-${{ matrix.vendor }}' ? undefined : "needs the vendor's own environment";
}
