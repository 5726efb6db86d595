import type { IntegrationInstanceConfigField } from '@jupiterone/integration-sdk-core';
import { environmentVariable } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { collect } from '../run/collect.js';
import { fieldsOf, isAddress, type ConformanceSubject } from './subject.js';

/** A problem as `@vendor-graph/integration` reports it. */
interface Problem {
  readonly message: string;
}

const BAD_ADDRESSES = [
  'vendor.example',
  'ftp://vendor.example',
  'http://vendor.example',
  'https://user:pass@vendor.example',
  'https://vendor.example/?key=value',
  'https://vendor.example/#part',
];

/** Everything that can be wrong with a configuration is named, all at once, before anything is sent. */
export function describeConfiguration(subject: ConformanceSubject): void {
  const fields = fieldsOf(subject);

  describe('configuration', () => {
    it.each(['', '   ', undefined, null])('names each field of a credential that is %j', async (nothing) => {
      for (const right of await credentialsOf(subject)) {
        for (const field of neededFields(subject, right)) {
          const problems = await problemsOf(subject, { ...right, [field]: nothing });

          expectNamed(subject, problems, field);
        }
      }
    });

    it('names everything at once, each with its variable and where its value is found', async () => {
      const [right = {}] = await credentialsOf(subject);
      const broken = fields.filter(([, { optional }]) => optional === true).map(([name]) => name);

      const problems = await problemsOf(subject, Object.fromEntries(broken.map((name) => [name, 'a\u0000b'])));

      for (const field of [...broken, ...neededFields(subject, right)]) expectNamed(subject, problems, field);
    });

    it.each(fields)('refuses control characters in %s without repeating the value', async (name) => {
      const [right = {}] = await credentialsOf(subject);

      const problems = await problemsOf(subject, { ...right, [name]: 'line-one\nline-two' });

      expectNamed(subject, problems, name);
      expect(JSON.stringify(problems)).not.toContain('line-one');
    });

    it.each(fields.filter(([name]) => isAddress(name)))('takes only safe addresses as %s', async (name) => {
      const [right = {}] = await credentialsOf(subject);
      for (const address of BAD_ADDRESSES) {
        const problems = await problemsOf(subject, { ...right, [name]: address });

        expectNamed(subject, problems, name);
      }
    });

    it('masks its secrets', () => {
      const open = fields.filter(
        ([name, field]) => field.type === 'string' && isSecret(name, fields) && field.mask !== true,
      );

      expect(open.map(([name]) => name)).toEqual([]);
      expect(fields.filter(([, { mask }]) => mask === true)).not.toEqual([]);
    });

    it('knows of each field where its value is found', () => {
      const silent = fields.filter(([, field]) => !('whereToFind' in field) || field.whereToFind === '');

      expect(silent.map(([name]) => name)).toEqual([]);
    });
  });
}

/** The fields of a kind of credentials that it cannot do without. */
export function neededFields(subject: ConformanceSubject, credentials: Readonly<Record<string, unknown>>): string[] {
  return fieldsOf(subject)
    .filter(([name, { optional, mask }]) => name in credentials && (optional !== true || mask === true))
    .map(([name]) => name);
}

/** A key that goes with a secret is its name; any other is one. */
function isSecret(name: string, fields: readonly [string, IntegrationInstanceConfigField][]): boolean {
  if (/secret|token|password|private/i.test(name)) return true;
  return /key$/i.test(name) && !fields.some(([other]) => /secret/i.test(other));
}

/** Right values, for each kind of credentials that the simulator knows. Nothing listens at their address. */
async function credentialsOf({ simulator }: ConformanceSubject): Promise<Readonly<Record<string, string>>[]> {
  const running = await simulator.start(simulator.samples?.empty);
  await running.close();
  return Object.values(running.credentials);
}

async function problemsOf(
  { invocationConfig }: ConformanceSubject,
  config: Readonly<Record<string, unknown>>,
): Promise<readonly Problem[]> {
  const { refusal, said } = await collect(invocationConfig, config);
  expect(refusal).toMatchObject({ code: 'CONFIG_VALIDATION_ERROR' });
  const { problems } = refusal as Error & { problems: readonly Problem[] };
  for (const { message } of problems) expect(said).toContain(JSON.stringify(message).slice(1, -1));
  return problems;
}

/** Somewhere among the problems stands the field's variable: where one of two fields is due, one problem names both. */
function expectNamed({ name }: ConformanceSubject, problems: readonly Problem[], field: string): void {
  const variable = environmentVariable(name, field);
  expect(problems.map(({ message }) => message).join('\n'), field).toContain(variable);
}
