import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** How often a run says that it is alive. */
const HEARTBEAT_MS = 10_000;
/** A run that was silent for so long is dead, wherever it ran. */
const DEAD_AFTER_MS = 60_000;
/** The owner's name is written right after the folder is made; without one for so long, its run died in between. */
const NAMELESS_DEAD_AFTER_MS = 5_000;

const OWNER_FILE = 'owner.json';

interface Owner {
  token: string;
  pid: number;
  host: string;
}

/**
 * A folder that exists while a run has it: two runs that write the same graph would leave a mixture that looks complete.
 * The lock of a run that died is taken over: at once when its process is known to be gone, otherwise when it has been
 * silent for a minute.
 *
 * Everything is synchronous, so that a signal's handler never meets a lock half made.
 */
export class FolderLock {
  readonly path: string;
  readonly #token: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(path: string, token: string) {
    this.path = path;
    this.#token = token;
    this.#heartbeat = setInterval(() => {
      this.#beat();
    }, HEARTBEAT_MS).unref();
  }

  /**
   * Takes the lock.
   *
   * @param path the folder to make; whoever has the lock may keep files in it.
   * @returns the lock, or the process that has it.
   * @throws what making the folder throws.
   */
  static take(path: string): FolderLock | { pid: number; host: string } {
    for (;;) {
      try {
        mkdirSync(path);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
        const owner = livingOwner(path);
        if (owner !== undefined) return owner;
        discard(path);
        continue;
      }
      const owner: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
      writeFileSync(join(path, OWNER_FILE), JSON.stringify(owner));
      return new FolderLock(path, owner.token);
    }
  }

  /** Whether nobody took the lock over meanwhile, e.g. while this machine slept. */
  isHeld(): boolean {
    return readOwner(this.path)?.token === this.#token;
  }

  release(): void {
    clearInterval(this.#heartbeat);
    if (this.isHeld()) rmSync(this.path, { recursive: true, force: true });
  }

  #beat(): void {
    const now = new Date();
    try {
      utimesSync(join(this.path, OWNER_FILE), now, now);
    } catch {
      // Taken over or removed: isHeld() tells, before anything is made of it.
    }
  }
}

function livingOwner(path: string): Owner | undefined {
  const owner = readOwner(path);
  const silentFor = Date.now() - (modified(join(path, OWNER_FILE)) ?? modified(path) ?? 0);
  if (silentFor > (owner === undefined ? NAMELESS_DEAD_AFTER_MS : DEAD_AFTER_MS)) return undefined;
  if (owner === undefined) return { token: '', pid: 0, host: 'unknown' };
  const isGone = owner.host === hostname() && (owner.pid === process.pid || !isRunning(owner.pid));
  return isGone ? undefined : owner;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(path, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function modified(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Of two runs that find the same dead lock only one can rename it. */
function discard(path: string): void {
  const aside = `${path}-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  rmSync(aside, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
