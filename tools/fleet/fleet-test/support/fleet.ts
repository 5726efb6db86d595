import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { until } from './until.js';

const WORKSPACE = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = join(WORKSPACE, 'tools', 'cli', 'bin', 'vendor-graph.js');

/** How a command ended. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A worker process and what it has said. */
export interface WorkerProcess {
  child: ChildProcess;
  /** All of its log so far. */
  log(): string;
  /** Resolves when it has ended. */
  ended: Promise<number | null>;
}

/** An accounts file, and the commands and workers that use it. */
export class Fleet {
  readonly folder = mkdtempSync(join(tmpdir(), 'fleet-test-'));
  readonly accountsFile = join(this.folder, 'accounts.yaml');
  readonly #env: Record<string, string>;
  readonly #workers: WorkerProcess[] = [];

  /** @param env what commands and workers find in their environment */
  constructor(env: Record<string, string>) {
    this.#env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, TMPDIR: this.folder, ...env };
  }

  /** Writes the accounts file. */
  write(accounts: object): void {
    writeFileSync(this.accountsFile, stringify(accounts));
  }

  /** Runs `vendor-graph fleet …` to its end. */
  async run(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
    const child = this.#spawn(['fleet', ...args], env);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** Runs a command that has to succeed; answers its JSON document. */
  async json<Document>(args: readonly string[]): Promise<Document> {
    const { code, stdout, stderr } = await this.run([...args, '--json']);
    if (code !== 0) throw new Error(`fleet ${args.join(' ')} ended with ${code ?? 'a signal'}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as Document;
  }

  /** Starts a worker and waits until it is ready. */
  async worker(args: readonly string[] = [], env: Record<string, string> = {}): Promise<WorkerProcess> {
    const child = this.#spawn(['fleet', 'worker', '--accounts', this.accountsFile, ...args], env);
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (log += text));
    const worker = {
      child,
      log: () => log,
      ended: once(child, 'exit').then(([code]) => code as number | null),
    };
    this.#workers.push(worker);
    await until('the worker is ready', () => {
      if (child.exitCode !== null) throw new Error(`The worker ended: ${log}`);
      return log.includes('the worker is ready');
    });
    return worker;
  }

  /** What all workers have said. */
  log(): string {
    return this.#workers.map((worker) => worker.log()).join('');
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    for (const { child, ended } of this.#workers) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #spawn(args: readonly string[], env: Record<string, string>): ChildProcess {
    return spawn(process.execPath, [BIN, ...args], {
      cwd: WORKSPACE,
      env: { ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
