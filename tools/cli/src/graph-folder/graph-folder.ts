import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecuteIntegrationResult } from '@jupiterone/integration-sdk-runtime';
import { CommandError } from '../command-error.js';
import { FolderLock } from './folder-lock.js';
import { GRAPH_STATE_FILE, type GraphState } from './graph-state.js';

/** Where the SDK's runtime writes; it looks the variable up at every write. */
const STORAGE_VARIABLE = 'JUPITERONE_INTEGRATION_STORAGE_DIRECTORY';
const SUMMARY_FILE = 'summary.json';
/** No folder can be made below a file. */
const NOWHERE = join(process.execPath, 'nowhere');
/** What a graph consists of, in the order in which it is removed: without a summary it is no complete graph any more. */
const GRAPH_PARTS = [SUMMARY_FILE, 'graph', 'index'];

/**
 * The folder of one vendor's graph while it is collected. The SDK's runtime wipes its storage folder before it validates,
 * so it is pointed at an empty staging folder until the credentials are accepted; and it writes its summary by itself, so
 * it is pointed there again when the last object is on disk. What stands in the folder is therefore the previous graph, a
 * graph without a summary, or a complete new one.
 *
 * Everything is synchronous: a signal's handler never meets a folder half replaced.
 */
export class GraphFolder {
  readonly path: string;
  readonly #lock: FolderLock;
  readonly #firstCreated: string | undefined;

  private constructor(path: string, lock: FolderLock, firstCreated: string | undefined) {
    this.path = path;
    this.#lock = lock;
    this.#firstCreated = firstCreated;
  }

  /**
   * Makes sure that a graph can be written to the folder and that nobody else does, and points the SDK's runtime at the
   * staging folder.
   *
   * @throws CommandError when the folder cannot be written, or another run has it.
   */
  static claim(path: string): GraphFolder {
    let firstCreated: string | undefined;
    let lock: ReturnType<typeof FolderLock.take>;
    try {
      firstCreated = mkdirSync(path, { recursive: true });
      lock = FolderLock.take(join(path, '.collecting'));
    } catch (error) {
      throw new CommandError(
        `The graph cannot be written to ${path} (${reasonOf(error)}). Name another folder by --out.`,
      );
    }
    if (!(lock instanceof FolderLock))
      throw new CommandError(
        `Another run (process ${lock.pid} on ${lock.host}) is collecting into ${path}. Wait for it, or name another folder by --out.`,
      );
    const folder = new GraphFolder(path, lock, firstCreated);
    folder.seal();
    return folder;
  }

  /** Removes the previous graph and lets the SDK's runtime write the new one. */
  replace(state: GraphState): void {
    this.#assertHeld();
    rmSync(join(this.path, SUMMARY_FILE), { force: true });
    this.#write(GRAPH_STATE_FILE, state);
    for (const part of GRAPH_PARTS) rmSync(join(this.path, part), { recursive: true, force: true });
    this.open();
  }

  /** From now on the SDK's runtime writes into the graph. */
  open(): void {
    process.env[STORAGE_VARIABLE] = this.path;
  }

  /** From now on the SDK's runtime writes where nobody looks. */
  seal(): void {
    process.env[STORAGE_VARIABLE] = join(this.#lock.path, 'staging');
  }

  /** Makes the graph a complete one. The summary comes last, by one rename. */
  commit(state: GraphState, summary: ExecuteIntegrationResult): void {
    this.seal();
    this.#assertHeld();
    this.#write(GRAPH_STATE_FILE, state);
    this.#write(SUMMARY_FILE, summary);
  }

  /**
   * Ends the graph without a summary: the run was interrupted, or could not go on. What steps write from now on, until
   * they notice, fails.
   */
  abandon(state: GraphState): void {
    process.env[STORAGE_VARIABLE] = NOWHERE;
    if (this.#lock.isHeld()) this.#write(GRAPH_STATE_FILE, state);
  }

  /** Lets others have the folder. One that did not exist before and holds nothing is removed. */
  release(): void {
    this.#lock.release();
    if (this.#firstCreated === undefined) return;
    try {
      for (let folder = this.path; folder.startsWith(this.#firstCreated); folder = dirname(folder)) rmdirSync(folder);
    } catch {
      // It holds something, which is the usual case.
    }
  }

  #write(name: string, content: object): void {
    const temporary = join(this.#lock.path, name);
    writeFileSync(temporary, JSON.stringify(content, undefined, 2));
    renameSync(temporary, join(this.path, name));
  }

  #assertHeld(): void {
    if (!this.#lock.isHeld())
      throw new CommandError(`Another run took ${this.path} over, because this one had been silent for a minute.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
