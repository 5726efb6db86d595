/** The process that `spawnSimulator` starts: one simulator, told by its parent what to do. */
import process from 'node:process';
import type { Simulator } from './kit/simulator.js';
import { startSimulator } from './registry.js';
import type { ParentMessage, SpawnedMessage } from './spawned-message.js';

let simulator: Simulator | undefined;

// Ctrl-C reaches the whole group: the parent ends in its own time, and needs the simulator until then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ParentMessage) => {
  void (message.type === 'start' ? start(message.vendor, message.options) : close());
});

async function start(vendor: string, options: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    simulator = await startSimulator(vendor, options);
    tell({ type: 'ready', baseUrl: simulator.baseUrl, credentials: simulator.credentials });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

async function close(): Promise<void> {
  await simulator?.close();
  process.disconnect();
}

function tell(message: SpawnedMessage): void {
  process.send?.(message);
}
