/** The program behind `npx nx run simulators:serve`: serves simulators until Ctrl-C. */
import process from 'node:process';
import { InvalidArgumentError } from 'commander';
import { environmentLines } from './environment-lines.js';
import type { Simulator } from './kit/simulator.js';
import { SimulatorOptionError } from './kit/simulator-option-error.js';
import { simulatorDefinition, simulatorDefinitions } from './registry.js';
import { serveCommand } from './serve-arguments.js';
import type { ServeRequest } from './serve-arguments.js';

try {
  await serveCommand(simulatorDefinitions, serve).parseAsync();
} catch (error) {
  const isTold = error instanceof InvalidArgumentError || error instanceof SimulatorOptionError || isPortTaken(error);
  process.stderr.write(`${isTold ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}

async function serve(requests: readonly ServeRequest[]): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    // Not once: Nx passes a signal on that the terminal has sent as well.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        resolve();
      });
  });
  const simulators: Simulator[] = [];
  try {
    for (const { vendor, options } of requests) {
      const simulator = await simulatorDefinition(vendor).start(options);
      simulators.push(simulator);
      process.stdout.write(
        `# ${simulatorDefinition(vendor).title}\n${environmentLines(vendor, simulator.credentials).join('\n')}\n\n`,
      );
    }
    process.stdout.write('# Serving until Ctrl-C.\n');
    await interrupted;
  } finally {
    await Promise.all(simulators.map(async (simulator) => simulator.close()));
  }
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
