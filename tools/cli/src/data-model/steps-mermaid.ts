import { mermaidId, mermaidText } from './mermaid-text.js';
import type { StepPlan } from './step-plan.js';

/** The steps of vendors as a Mermaid flow chart: an arrow leads to the step that waits; those that are off are dashed. */
export function stepsMermaid(plans: readonly StepPlan[]): string {
  const lines = ['flowchart LR'];
  for (const { vendor, steps } of plans) {
    const idOf = (step: string): string => mermaidId(`${vendor}_${step}`);
    lines.push(`  subgraph ${mermaidId(vendor)}["${mermaidText(vendor)}"]`);
    for (const { id, off } of steps)
      lines.push(
        `    ${idOf(id)}["${mermaidText(id)}${off === undefined ? '' : `<br/>off: ${mermaidText(off)}`}"]${off === undefined ? '' : ':::off'}`,
      );
    for (const { id, dependsOn } of steps)
      for (const dependency of dependsOn) lines.push(`    ${idOf(dependency)} --> ${idOf(id)}`);
    lines.push('  end');
  }
  lines.push('  classDef off stroke-dasharray:6 3');
  return lines.join('\n');
}
