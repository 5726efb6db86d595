import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../accounts/read-accounts.js';
import { planSchedules, type QueueSchedule } from './plan-schedules.js';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

function accounts(...lines: string[]): ReturnType<typeof parseAccounts> {
  return parseAccounts(`accounts:\n${lines.map((line) => `  - { vendor: v, ${line} }`).join('\n')}`, 'a.yaml');
}

/** The schedules of a file as the queue has them after it was applied. */
function applied(...lines: string[]): QueueSchedule[] {
  return planSchedules(accounts(...lines), [], () => true, NOW).create.map((each) => ({ ...each, next: NOW + HOUR }));
}

const names = (schedules: readonly QueueSchedule[]): string[] => schedules.map(({ account }) => account);

describe('planSchedules', () => {
  it('creates what is new, and leaves alone who has no schedule', () => {
    const plan = planSchedules(accounts("name: a, schedule: { cron: '0 1 * * *' }", 'name: b'), [], () => true, NOW);

    expect(plan).toMatchObject({
      create: [{ account: 'a', pattern: '0 1 * * *', timeZone: 'UTC' }],
      update: [],
      repair: [],
      remove: [],
      unchanged: 0,
    });
  });

  it('changes nothing the second time', () => {
    const file = ["name: a, schedule: { cron: '0 1 * * *', spread: 10m }", "name: b, schedule: { cron: '0 2 * * *' }"];

    expect(planSchedules(accounts(...file), applied(...file), () => true, NOW)).toEqual({
      create: [],
      update: [],
      repair: [],
      remove: [],
      unchanged: 2,
    });
  });

  it.each([
    ['its pattern', "name: a, schedule: { cron: '0 3 * * *' }"],
    ['its time zone', "name: a, schedule: { cron: '0 1 * * *', timeZone: Asia/Tokyo }"],
    ['its priority', "name: a, schedule: { cron: '0 1 * * *' }, priority: 7"],
    ['its attempts', "name: a, schedule: { cron: '0 1 * * *' }, retry: { attempts: 9 }"],
    ['its delay', "name: a, schedule: { cron: '0 1 * * *' }, retry: { delay: 9m }"],
  ])('updates an account with another value of %s', (_what, line) => {
    const plan = planSchedules(accounts(line), applied("name: a, schedule: { cron: '0 1 * * *' }"), () => true, NOW);

    expect(names(plan.update)).toEqual(['a']);
  });

  it('removes the schedules of accounts that are gone, or have none any more', () => {
    const before = applied("name: a, schedule: { cron: '0 1 * * *' }", "name: b, schedule: { cron: '0 1 * * *' }");

    expect(planSchedules(accounts('name: a'), before, () => true, NOW).remove).toEqual(['a', 'b']);
  });

  it.each([
    ['is lost', NOW - 2 * HOUR, false, ['a']],
    ['waits for a worker', NOW - 2 * HOUR, true, []],
    ['has just become due', NOW - 1_000, false, []],
    ['is to come', NOW + HOUR, false, []],
  ])('repairs a schedule whose next run %s: %j', (_what, next, isPending, expected) => {
    const file = "name: a, schedule: { cron: '0 1 * * *' }";
    const before = applied(file).map((schedule) => ({ ...schedule, next }));

    expect(names(planSchedules(accounts(file), before, () => isPending, NOW).repair)).toEqual(expected);
  });
});
