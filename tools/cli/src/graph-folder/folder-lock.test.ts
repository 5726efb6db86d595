import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLock } from './folder-lock.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Leaves a lock as another run would have left it. */
function leaveLock(owner: object | undefined, secondsOld: number): void {
  mkdirSync(path);
  const at = new Date(Date.now() - secondsOld * 1000);
  if (owner !== undefined) {
    writeFileSync(join(path, 'owner.json'), JSON.stringify(owner));
    utimesSync(join(path, 'owner.json'), at, at);
  }
  utimesSync(path, at, at);
}

/** A process that has just ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

function taken(): FolderLock {
  const lock = FolderLock.take(path);
  if (!(lock instanceof FolderLock)) throw new Error('somebody else has the lock');
  return lock;
}

describe('FolderLock', () => {
  it('is held until it is released', () => {
    const lock = taken();
    expect(lock.isHeld()).toBe(true);

    lock.release();

    expect(lock.isHeld()).toBe(false);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['a process of this machine that runs', { token: 't', pid: process.ppid, host: hostname() }, 0],
    ['a process of another machine that was heard lately', { token: 't', pid: 1, host: 'elsewhere' }, 30],
  ])('names %s', (_who, owner, secondsOld) => {
    leaveLock(owner, secondsOld);

    expect(FolderLock.take(path)).toEqual(owner);
  });

  it('waits for a run that has only just made the folder', () => {
    leaveLock(undefined, 0);

    expect(FolderLock.take(path)).toMatchObject({ host: 'unknown' });
  });

  it.each([
    ['a process of this machine that is gone', () => ({ token: 't', pid: deadPid(), host: hostname() }), 0],
    ['this very process, in another life', () => ({ token: 't', pid: process.pid, host: hostname() }), 0],
    ['a run that was silent for a minute', () => ({ token: 't', pid: process.ppid, host: hostname() }), 61],
    ['a run on another machine that was silent for a minute', () => ({ token: 't', pid: 1, host: 'elsewhere' }), 61],
    ['a run that died before it wrote its name', () => undefined, 6],
  ])('takes over from %s', (_who, owner, secondsOld) => {
    leaveLock(owner(), secondsOld);

    const lock = taken();

    expect(lock.isHeld()).toBe(true);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('knows when somebody else has taken over, and leaves it to them', () => {
    const lock = taken();
    writeFileSync(join(path, 'owner.json'), JSON.stringify({ token: 'other', pid: 1, host: 'elsewhere' }));

    expect(lock.isHeld()).toBe(false);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });
});
