/** One thing that a reader of a tutorial does. */
export type TutorialStep =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'change'; readonly file: string; readonly before: string; readonly after: string };

/**
 * What a tutorial tells its reader to do, in order: commands in blocks of `sh`, a line each, and changes in blocks of
 * `diff`, behind a line that names the file (`` `path`: ``). Blocks of other kinds are to be read only.
 *
 * @throws Error for a change without a file
 */
export function tutorialSteps(page: string): TutorialStep[] {
  const steps: TutorialStep[] = [];
  let file: string | undefined;
  for (const [, named, language, block = ''] of page.matchAll(/^`([\w./-]+)`:$|^```(\w+)\n(.*?)^```$/gms)) {
    if (named !== undefined) file = named;
    else if (language === 'sh') {
      for (const command of block.trim().split('\n')) steps.push({ kind: 'command', command });
    } else if (language === 'diff') {
      if (file === undefined) throw new Error(`No file is named for the change\n${block}`);
      steps.push({ kind: 'change', file, before: sideOf(block, '-'), after: sideOf(block, '+') });
    }
  }
  return steps;
}

/**
 * A text with a change made.
 *
 * @throws Error when what is to be changed is not there, or there twice
 */
export function changed(text: string, { file, before, after }: Extract<TutorialStep, { kind: 'change' }>): string {
  const [head, tail, ...more] = text.split(before);
  if (head === undefined || tail === undefined || more.length > 0) {
    throw new Error(`${file} has ${tail === undefined ? 'no' : 'more than one'} place for the change of\n${before}`);
  }
  return head + after + tail;
}

/** The lines of one side of a change, without their marks. */
function sideOf(block: string, mark: '-' | '+'): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith(' ') || line.startsWith(mark))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}
