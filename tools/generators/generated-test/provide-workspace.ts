import type { TestProject } from 'vitest/node';
import { WorkspaceCopy } from './workspace-copy.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The root of the one copy of the workspace that all files of a run generate their vendors in. */
    workspace: string;
  }
}

/** Makes the copy before the first file, and removes it after the last one. */
export default async function provideWorkspace(project: TestProject): Promise<() => void> {
  const workspace = await WorkspaceCopy.make();
  project.provide('workspace', workspace.root);
  return () => {
    workspace.remove();
  };
}
