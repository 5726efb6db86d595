import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { isNode, isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Account, RetryRule, Schedule, SecretSource, SyncTarget } from './account.js';
import { AccountsFileError, type AccountsProblem } from './accounts-file-error.js';
import { durationMs } from './duration.js';
import { scheduleProblem } from './schedule.js';

/** The form of an accounts file: what its JSON schema permits. */
interface AccountsFile {
  defaults?: { schedule?: FileSchedule; priority?: number; target?: string; retry?: FileRetry };
  targets?: Record<string, { account: string; apiKey: SecretSource; apiBaseUrl?: string }>;
  accounts: FileAccount[];
}

interface FileSchedule {
  cron: string;
  timeZone?: string;
  spread?: string;
}

interface FileRetry {
  attempts?: number;
  delay?: string;
}

interface FileAccount {
  name: string;
  vendor: string;
  instanceId?: string;
  instanceName?: string;
  tagAccountName?: boolean;
  schedule?: FileSchedule | false;
  priority?: number;
  target?: string | false;
  retry?: FileRetry;
  steps?: { only?: string[]; skip?: string[] };
  sources?: { enable?: string[]; disable?: string[] };
  config?: Record<string, string | boolean>;
  secrets?: Record<string, SecretSource>;
}

type Path = readonly (string | number)[];

/** What breaks one of these rules still has the form that it should have: there may be more to say about it. */
const RULES_OF_CONTENT = ['additionalProperties', 'pattern', 'minLength', 'minimum', 'maximum'];
const SCHEMA = new URL('../../accounts.schema.json', import.meta.url);
const DEFAULT_PRIORITY = 100;
const DEFAULT_RETRY: RetryRule = { attempts: 4, delayMs: 60_000 };

/**
 * Reads an accounts file.
 *
 * @throws AccountsFileError with everything that is wrong with it, and on which line.
 */
export function readAccounts(path: string): Account[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new AccountsFileError(path, [
      { message: `the file cannot be read (${reason}). Name another by --accounts.` },
    ]);
  }
  return parseAccounts(text, path);
}

/**
 * Reads the text of an accounts file.
 *
 * @param path for messages.
 * @throws AccountsFileError as {@link readAccounts} does.
 */
export function parseAccounts(text: string, path: string): Account[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (place: Path): { line?: number } => lineOf(document, lines, place);
  const malformed = document.errors.map(({ message, linePos }) => ({
    line: linePos?.[0].line ?? 1,
    message: message.split('\n')[0]?.replace(/ at line \d.*$/, '') ?? message,
  }));
  if (malformed.length > 0) throw new AccountsFileError(path, malformed);

  const content: unknown = document.toJS();
  const errors = schemaErrors(content);
  const problems = errors.map((error) => inWords(error, lineAt));
  const file = content as AccountsFile;
  if (errors.every(({ keyword }) => RULES_OF_CONTENT.includes(keyword))) problems.push(...contradictions(file, lineAt));
  if (problems.length > 0) throw new AccountsFileError(path, uniqueProblems(problems));
  return file.accounts.map((account) => accountOf(account, file));
}

function schemaErrors(content: unknown): ErrorObject[] {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: false });
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  validate(content);
  // That one of several forms is needed says less than what is wrong with each.
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'const');
}

function inWords(error: ErrorObject, lineAt: (place: Path) => { line?: number }): AccountsProblem {
  const place = error.instancePath.split('/').slice(1).map(unescape);
  const where = place.length === 0 ? 'the file' : place.join('.');
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return { ...lineAt([...place, name]), message: `${where}: there is no "${name}"` };
  }
  if (error.keyword === 'required') {
    return { ...lineAt(place), message: `${where}: "${String(params['missingProperty'])}" is missing` };
  }
  return { ...lineAt(place), message: `${where} ${error.message ?? 'is wrong'}` };
}

function unescape(segment: string): string | number {
  const text = segment.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** The line of what stands at a place, or of the nearest thing around it. */
function lineOf(document: Document, lines: LineCounter, place: Path): { line?: number } {
  for (let length = place.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(place.slice(0, length - 1), true);
    const name = place[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === name);
      if (pair !== undefined && isNode(pair.key) && pair.key.range)
        return { line: lines.linePos(pair.key.range[0]).line };
      continue;
    }
    const node: unknown = document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range) return { line: lines.linePos(node.range[0]).line };
  }
  return {};
}

function uniqueProblems(problems: readonly AccountsProblem[]): AccountsProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.line ?? 0} ${problem.message}`, problem])).values()];
}

/** What no schema can say. */
function contradictions(file: AccountsFile, lineAt: (place: Path) => { line?: number }): AccountsProblem[] {
  const problems: AccountsProblem[] = [];
  const report = (place: Path, message: string): void => {
    problems.push({ ...lineAt(place), message });
  };
  if (file.defaults?.schedule !== undefined) {
    const problem = scheduleProblem(scheduleOf(file.defaults.schedule));
    if (problem !== undefined) report(['defaults', 'schedule'], `defaults: ${problem}`);
  }
  const seen = new Set<string>();
  for (const [index, account] of file.accounts.entries()) {
    const { name, steps = {}, config = {}, secrets = {} } = account;
    const place = ['accounts', index];
    if (seen.has(name)) report([...place, 'name'], `${name}: the name is taken by an account above`);
    seen.add(name);
    if (account.schedule) {
      const problem = scheduleProblem(scheduleOf(account.schedule));
      if (problem !== undefined) report([...place, 'schedule'], `${name}: ${problem}`);
    }
    const target = account.target ?? file.defaults?.target ?? false;
    if (target !== false) {
      if (!Object.hasOwn(file.targets ?? {}, target))
        report([...place, 'target'], `${name}: there is no target "${target}"`);
      if (account.instanceId === undefined)
        report(place, `${name}: "instanceId" is missing, which says what the upload replaces at JupiterOne`);
      if ((steps.only ?? []).length + (steps.skip ?? []).length > 0)
        report(
          [...place, 'steps'],
          `${name}: a graph of some steps is not complete and is never uploaded; target: false`,
        );
    }
    for (const field of Object.keys(config).filter((field) => Object.hasOwn(secrets, field)))
      report([...place, 'config', field], `${name}: "${field}" stands in both config and secrets`);
  }
  return problems;
}

function accountOf(account: FileAccount, { defaults = {}, targets = {} }: AccountsFile): Account {
  const { name, vendor, instanceId, instanceName, steps = {}, sources = {}, config = {}, secrets = {} } = account;
  const schedule = account.schedule ?? defaults.schedule ?? false;
  const target = targetOf(account.target ?? defaults.target ?? false, targets);
  return {
    name,
    vendor,
    ...(instanceId !== undefined && { instanceId }),
    ...(instanceName !== undefined && { instanceName }),
    tagAccountName: account.tagAccountName ?? false,
    ...(schedule !== false && { schedule: scheduleOf(schedule) }),
    priority: account.priority ?? defaults.priority ?? DEFAULT_PRIORITY,
    ...(target !== undefined && { target }),
    retry: retryOf({ ...defaults.retry, ...account.retry }),
    steps: { only: steps.only ?? [], skip: steps.skip ?? [] },
    sources: { enable: sources.enable ?? [], disable: sources.disable ?? [] },
    config,
    secrets,
  };
}

function scheduleOf({ cron, timeZone = 'UTC', spread = '' }: FileSchedule): Schedule {
  return { cron, timeZone, spreadMs: durationMs(spread) ?? 0 };
}

function retryOf({ attempts = DEFAULT_RETRY.attempts, delay = '' }: FileRetry): RetryRule {
  return { attempts, delayMs: durationMs(delay) ?? DEFAULT_RETRY.delayMs };
}

function targetOf(name: string | false, targets: NonNullable<AccountsFile['targets']>): SyncTarget | undefined {
  const target = name === false ? undefined : targets[name];
  return name === false || target === undefined ? undefined : { name, ...target };
}
