import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE_REPORTER = new URL('./report-usage.js', import.meta.url).href;

/** What a whole process took. */
export interface ProcessFigures {
  wallMs: number;
  cpuMs: number;
  /** Most memory that the process had, in MB. */
  peakMb: number;
  /** What it left in the folder `graph`. */
  files: number;
  writtenMb: number;
}

/** What the command that the benchmarks measure is. */
export const VENDOR_GRAPH = fileURLToPath(new URL('../../../cli/bin/vendor-graph.js', import.meta.url));

/**
 * Runs a Node program to its end, in an empty folder that is removed afterwards.
 *
 * @param inspect Gets to see what the program left in the folder `graph`, after its time was taken.
 * @throws Error with what it wrote to stderr when it fails.
 */
export async function runProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  inspect?: (graph: string) => void,
): Promise<ProcessFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const usage = join(folder, 'usage.json');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', USAGE_REPORTER, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], BENCH_USAGE_FILE: usage, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    const wallMs = performance.now() - started;
    if (code !== 0) throw new Error(`${args.join(' ')} exited with ${String(code)}:\n${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
    const cpuMs = (userCPUTime + systemCPUTime) / 1000;
    const graph = join(folder, 'graph', 'graph');
    inspect?.(graph);
    return { wallMs, cpuMs, peakMb: maxRSS / 1024, ...written(graph) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function written(folder: string): Pick<ProcessFigures, 'files' | 'writtenMb'> {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    return { files: entries.length, writtenMb: bytes / 2 ** 20 };
  } catch {
    return { files: 0, writtenMb: 0 };
  }
}
