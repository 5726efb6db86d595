/** A message that GitHub shows on the page of a workflow's run. */
export interface Annotation {
  level: 'error' | 'warning';
  title: string;
  message: string;
}

/**
 * Annotations as workflow commands, one a line.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotationLines(annotations: readonly Annotation[]): string {
  return annotations
    .map(({ level, title, message }) => `::${level} title=${escapeProperty(title)}::${escapeData(message)}\n`)
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
