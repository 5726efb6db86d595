import type { StepPlan } from '../data-model/step-plan.js';
import type { PageData, PageEdge, PageNode } from './page-data.js';

/** A page of the steps of vendors: which waits for which, and why one is off. */
export function stepsPageData(plans: readonly StepPlan[], now: number): PageData {
  const nodes: PageNode[] = [];
  const edges: PageEdge[] = [];
  for (const [graph, { steps, configured }] of plans.entries()) {
    const first = nodes.length;
    for (const { id, name, types, off } of steps)
      nodes.push({
        name: id,
        graph,
        classes: [],
        ...(off === undefined ? {} : { mark: 'off' }),
        facts: [
          ['Name', name],
          ...(off === undefined ? [] : [['Off because', off] as [string, string]]),
          ...(configured
            ? []
            : ([['Configuration', 'not set or not usable: its mode may switch off more']] as [string, string][])),
          ['Brings', types.join('\n')],
        ],
      });
    for (const [place, { dependsOn }] of steps.entries())
      for (const dependency of dependsOn) {
        const from = steps.findIndex(({ id }) => id === dependency);
        if (from !== -1) edges.push({ label: 'then', from: first + from, to: first + place, dashed: false });
      }
  }
  return {
    kind: 'steps',
    title: `Steps: ${plans.map(({ vendor }) => vendor).join(', ')}`,
    generatedOn: now,
    graphs: plans.map(({ vendor }) => ({ label: vendor, simulated: false })),
    nodes,
    edges,
  };
}
