import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The runtime takes its folder from the environment, so that all runs of a process at the same time share one. */
const storage = { runs: 0, leave: (): void => undefined };

/** Gives the SDK's runtime a folder of its own while it runs, and has it check entities by their schemas. */
export async function withRuntimeStorage<T>(run: () => Promise<T>): Promise<T> {
  if (storage.runs === 0) storage.leave = enter();
  storage.runs += 1;
  try {
    return await run();
  } finally {
    storage.runs -= 1;
    if (storage.runs === 0) storage.leave();
  }
}

/** Answers how to leave things as they were. */
function enter(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'integration-'));
  const environment = {
    // Below the folder, because the runtime removes it.
    JUPITERONE_INTEGRATION_STORAGE_DIRECTORY: join(folder, 'storage'),
    ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION: 'true',
    DISABLE_DISK_USAGE_METRIC: 'true',
  };
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  };
}
