import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { changed, tutorialSteps } from './tutorial.js';
import { WorkspaceCopy } from './workspace-copy.js';

const workspace = new WorkspaceCopy(inject('workspace'));

it('docs/adding-a-vendor.md leads to a vendor that is green and brings what the page adds to it', async () => {
  const steps = tutorialSteps(readFileSync(join(workspace.root, 'docs/adding-a-vendor.md'), 'utf8'));
  expect(steps.filter(({ kind }) => kind === 'command')).toHaveLength(6);

  for (const step of steps) {
    if (step.kind === 'command') {
      expect(step.command).toMatch(/^npx nx /);
      await workspace.nx(step.command.split(' ').slice(2));
    } else {
      const path = join(workspace.root, step.file);
      writeFileSync(path, changed(readFileSync(path, 'utf8'), step));
    }
  }

  expect(readFileSync(join(workspace.root, 'docs/configuration.md'), 'utf8')).toContain('BEACON_API_TOKEN');
  const teams = entitiesOf('fetch-teams');
  expect(teams.map((team) => team['memberCount'])).toEqual(expect.arrayContaining([1, 2, 3]));
  expect(entitiesOf('fetch-devices').map((device) => typeof device['encrypted'])).toEqual(Array(5).fill('boolean'));
});

function entitiesOf(step: string): Record<string, unknown>[] {
  const folder = join(workspace.root, 'packages/beacon/.j1-integration/graph', step, 'entities');
  return readdirSync(folder).flatMap(
    (file) =>
      (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entities: Record<string, unknown>[] }).entities,
  );
}
