import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Account } from './account.js';
import { AccountsFileError } from './accounts-file-error.js';
import { parseAccounts, readAccounts } from './read-accounts.js';

const COMPLETE = `
defaults:
  schedule: { cron: '0 2 * * *', timeZone: Europe/Berlin, spread: 30m }
  target: main
  retry: { attempts: 2, delay: 10s }
targets:
  main: { account: acme, apiKey: { file: /run/secrets/j1 } }
accounts:
  - name: acme-threatstack
    vendor: threatstack
    instanceId: instance-1
    instanceName: Acme
    tagAccountName: true
    priority: 5
    sources: { enable: [alerts], disable: [ec2] }
    config: { orgName: Acme, orgId: 0f1e }
    secrets:
      userId: { env: TS_USER }
      apiKey: { command: [vault, read, key] }
  - name: acme-runzero
    vendor: runzero
    schedule: false
    target: false
    steps: { only: [fetch-users], skip: [] }
    retry: { attempts: 7 }
    secrets: { exportToken: { env: RZ } }
`;

function problemsOf(text: string): string[] {
  try {
    parseAccounts(text, 'a.yaml');
  } catch (error) {
    if (error instanceof AccountsFileError)
      return error.problems.map(({ line, message }) => `${line ?? 'file'}: ${message}`);
    throw error;
  }
  return [];
}

describe('an accounts file', () => {
  it('names accounts, with the defaults of the file', () => {
    const target = { name: 'main', account: 'acme', apiKey: { file: '/run/secrets/j1' } };
    const expected: Account[] = [
      {
        name: 'acme-threatstack',
        vendor: 'threatstack',
        instanceId: 'instance-1',
        instanceName: 'Acme',
        tagAccountName: true,
        schedule: { cron: '0 2 * * *', timeZone: 'Europe/Berlin', spreadMs: 1_800_000 },
        priority: 5,
        target,
        retry: { attempts: 2, delayMs: 10_000 },
        steps: { only: [], skip: [] },
        sources: { enable: ['alerts'], disable: ['ec2'] },
        config: { orgName: 'Acme', orgId: '0f1e' },
        secrets: { userId: { env: 'TS_USER' }, apiKey: { command: ['vault', 'read', 'key'] } },
      },
      {
        name: 'acme-runzero',
        vendor: 'runzero',
        tagAccountName: false,
        priority: 100,
        retry: { attempts: 7, delayMs: 10_000 },
        steps: { only: ['fetch-users'], skip: [] },
        sources: { enable: [], disable: [] },
        config: {},
        secrets: { exportToken: { env: 'RZ' } },
      },
    ];

    expect(parseAccounts(COMPLETE, 'a.yaml')).toEqual(expected);
  });

  it.each([
    ['is no YAML', 'accounts: [', /^1: Flow sequence/],
    ['has no accounts', 'defaults: {}', /^file: the file: "accounts" is missing$/],
    [
      'has an unknown field',
      'accounts:\n  - name: a\n    vendor: v\n    sekrets: {}',
      /^4: accounts\.0: there is no "sekrets"$/,
    ],
    ['has an account without a vendor', 'accounts:\n  - name: a', /^2: accounts\.0: "vendor" is missing$/],
    ['has a name that is none', 'accounts:\n  - name: A B\n    vendor: v', /^2: accounts\.0\.name must match pattern/],
    [
      'has a name twice',
      'accounts:\n  - { name: a, vendor: v }\n  - { name: a, vendor: v }',
      /^3: a: the name is taken/,
    ],
    [
      'has a cron pattern that is none',
      'accounts:\n  - name: a\n    vendor: v\n    schedule: { cron: 61 * * * * }',
      /^4: a: the cron pattern "61 \* \* \* \*" is wrong: /,
    ],
    [
      'has a time zone that is none',
      "accounts:\n  - name: a\n    vendor: v\n    schedule: { cron: '0 1 * * *', timeZone: Mars/Base }",
      /^4: a: there is no time zone "Mars\/Base"/,
    ],
    [
      'has a spread that is none',
      "accounts:\n  - name: a\n    vendor: v\n    schedule: { cron: '0 1 * * *', spread: soon }",
      /^4: accounts\.0\.schedule\.spread must match pattern/,
    ],
    [
      'names a target that is none',
      'accounts:\n  - { name: a, vendor: v, instanceId: i, target: x }',
      /^2: a: there is no target "x"$/,
    ],
    [
      'uploads without an instance',
      'targets: { t: { account: a, apiKey: { env: K } } }\naccounts:\n  - { name: a, vendor: v, target: t }',
      /^3: a: "instanceId" is missing/,
    ],
    [
      'uploads a graph of some steps',
      'targets: { t: { account: a, apiKey: { env: K } } }\naccounts:\n  - { name: a, vendor: v, instanceId: i, target: t, steps: { only: [s] } }',
      /^3: a: a graph of some steps is not complete and is never uploaded/,
    ],
    [
      'says a field twice',
      'accounts:\n  - name: a\n    vendor: v\n    config: { k: x }\n    secrets: { k: { env: K } }',
      /^4: a: "k" stands in both config and secrets$/,
    ],
    [
      'has a secret from two places',
      'accounts:\n  - name: a\n    vendor: v\n    secrets: { k: { env: K, file: f } }',
      /^4: accounts\.0\.secrets\.k must NOT have more than 1 properties$/,
    ],
  ])('that %s is refused with the line', (_what, text, expected) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(expected)]);
  });

  it('is told all of its problems at once', () => {
    const text = 'accounts:\n  - vendor: v\n    priority: 0\n  - name: b\n    vendor: 1\n';

    expect(problemsOf(text)).toEqual([
      '2: accounts.0: "name" is missing',
      '3: accounts.0.priority must be >= 1',
      '5: accounts.1.vendor must be string',
    ]);
  });

  it('is told what is wrong in its form together with what no schema can say', () => {
    const text = `
accounts:
  - { name: A!, vendor: acme, targett: x, schedule: { cron: '99 * * * *' } }`;

    expect(() => parseAccounts(text, 'a.yaml')).toThrow(
      /accounts\.0: there is no "targett"[^]*accounts\.0\.name must match[^]*A!: the cron pattern "99/,
    );
  });

  it('never repeats a value that could be a secret', () => {
    const text = 'accounts:\n  - name: a\n    vendor: v\n    secrets: { k: canary-secret }\n';

    expect(problemsOf(text).join()).not.toContain('canary');
  });

  it('that is not there says so', () => {
    expect(() => readAccounts('/nowhere/accounts.yaml')).toThrow('the file cannot be read (ENOENT)');
  });

  it('is read from its path', () => {
    const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
    writeFileSync(join(folder, 'accounts.yaml'), COMPLETE);

    expect(readAccounts(join(folder, 'accounts.yaml')).map(({ name }) => name)).toEqual([
      'acme-threatstack',
      'acme-runzero',
    ]);
    rmSync(folder, { recursive: true });
  });
});
