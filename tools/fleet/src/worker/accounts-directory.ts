import { statSync } from 'node:fs';
import type { Account } from '../accounts/account.js';
import { readAccounts } from '../accounts/read-accounts.js';

/** The accounts of a file that may change while a worker runs. */
export class AccountsDirectory {
  readonly #path: string;
  readonly #onProblem: (message: string) => void;
  #accounts: ReadonlyMap<string, Account>;
  #version: string;

  /**
   * @param onProblem told when the file was changed and cannot be used; what was read before stays in force.
   * @throws AccountsFileError when it cannot be used now.
   */
  constructor(path: string, onProblem: (message: string) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
    this.#version = versionOf(path);
    this.#accounts = byName(readAccounts(path));
  }

  /** The account of a name as the file has it now. */
  find(name: string): Account | undefined {
    const version = versionOf(this.#path);
    if (version !== this.#version) {
      this.#version = version;
      try {
        this.#accounts = byName(readAccounts(this.#path));
      } catch (error) {
        this.#onProblem(error instanceof Error ? error.message : 'the accounts file cannot be used');
      }
    }
    return this.#accounts.get(name);
  }
}

function byName(accounts: readonly Account[]): Map<string, Account> {
  return new Map(accounts.map((account) => [account.name, account]));
}

/** Kubernetes replaces a mounted file by another one, at the same time of the clock if it has to. */
function versionOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}
