import { appendFileSync } from 'node:fs';
import { annotationLines, type Annotation } from './github-annotations.js';
import { markdownSummary, type ReportedRun } from './markdown-summary.js';

/**
 * Tells GitHub Actions what happened: a summary for the run's page where it asks for one, and annotations.
 *
 * @param allowPartial whether a failed step is only worth a warning.
 * @param write gets the annotations; GitHub reads them from stderr as well as from stdout.
 * @param redact applied to the summary, which goes to a file.
 */
export function reportToGithub(
  runs: readonly ReportedRun[],
  env: Readonly<NodeJS.ProcessEnv>,
  {
    allowPartial,
    write,
    redact,
  }: { allowPartial: boolean; write: (text: string) => void; redact: (text: string) => string },
): void {
  const file = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') appendFileSync(file, redact(markdownSummary(runs)));
  if (env['GITHUB_ACTIONS'] === 'true') write(annotationLines(runs.flatMap((run) => annotations(run, allowPartial))));
}

function annotations({ report, problem, warnings }: ReportedRun, allowPartial: boolean): Annotation[] {
  const vendor = report.package;
  return [
    ...(problem === undefined ? [] : [{ level: 'error' as const, title: vendor, message: problem }]),
    ...report.steps.flatMap(({ id, error }) =>
      error === undefined
        ? []
        : [
            {
              level: allowPartial ? ('warning' as const) : ('error' as const),
              title: `${vendor} ${id}`,
              message: error,
            },
          ],
    ),
    ...warnings.map((message) => ({ level: 'warning' as const, title: vendor, message })),
  ];
}
