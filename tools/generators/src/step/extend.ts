import type { Tree } from '@nx/devkit';

/** One change of a file that exists: what stands before or behind which text. */
export interface Extension {
  readonly path: string;
  /** Found once; the text is put in front of it, or behind it. */
  readonly anchor: RegExp;
  readonly before?: string;
  readonly behind?: string;
}

/**
 * Puts text into a file, at a place that every vendor of the vendor generator has.
 *
 * @throws Error when the file has no such place
 */
export function extend(tree: Tree, { path, anchor, before = '', behind = '' }: Extension): void {
  const source = tree.read(path, 'utf8') ?? '';
  const matches = [...source.matchAll(new RegExp(anchor.source, 'gm'))];
  const match = matches.at(-1);
  if (match === undefined) {
    throw new Error(
      `${path} has no place for it (${anchor.source}). This generator extends vendors that the vendor generator made; ` +
        'add the step by hand, as docs/adding-a-vendor.md shows.',
    );
  }
  const end = match.index + match[0].length;
  tree.write(path, source.slice(0, match.index) + before + match[0] + behind + source.slice(end));
}
