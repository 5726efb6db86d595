import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
}

/** What the command that the benchmarks measure is. */
export const VENDOR_GRAPH = fileURLToPath(new URL('../../../cli/bin/vendor-graph.js', import.meta.url));

/**
 * Runs a Node program to its end.
 *
 * @throws Error with what it wrote to stderr when it fails.
 */
export async function runProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ figures: ProcessFigures; stdout: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const usage = join(folder, 'usage.json');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', USAGE_REPORTER, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], BENCH_USAGE_FILE: usage, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    const wallMs = performance.now() - started;
    if (code !== 0) throw new Error(`${args.join(' ')} exited with ${String(code)}:\n${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
    return { figures: { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
