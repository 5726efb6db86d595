import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep, type StepRun } from '../testing/run-step.js';

const STARTED = Date.parse('2026-03-31T12:00:00Z');
const DAY_MS = 86_400_000;

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('fetch-alerts', () => {
  it('produces what it declares, on data with every oddity', async () => {
    simulator = await simulate({});

    const run = await fetchAlerts();

    expectDeclared(run.step, run);
    expect(run.step.entities).toMatchObject([{ _type: 'threatstack_alert', partial: true }]);
    expect(run.step.relationships).toMatchObject([{ _type: 'threatstack_agent_identified_alert', partial: true }]);
  });

  it('takes of 50,000 alerts in 90 days exactly those of the last 30 days, each once', async () => {
    simulator = await simulate({ alerts: 50_000, alertDays: 90, oddities: false });

    const { collectedEntities } = await fetchAlerts({ alertsIncludeDismissed: 'true' });

    // Alert i of n lies (i + 1/2) * 90 / n days back.
    expect(collectedEntities).toHaveLength(16_667);
    expect(new Set(collectedEntities.map(({ id }) => id)).size).toBe(16_667);
    expect(Math.min(...createdOn(collectedEntities))).toBeGreaterThanOrEqual(STARTED - 30 * DAY_MS);
  });

  it('takes of 50,000 alerts in 90 days exactly those of 24 hours, ten minutes behind', async () => {
    simulator = await simulate({ alerts: 50_000, alertDays: 90, oddities: false });

    const { collectedEntities } = await fetchAlerts({
      alertsWindowMinutes: '1440',
      alertsDelayMinutes: '10',
      alertsIncludeDismissed: 'true',
    });

    // One alert in every 155.52 s: those of the numbers 4 to 558 lie between 600 and 87,000 s back.
    expect(collectedEntities).toHaveLength(555);
    expect(Math.max(...createdOn(collectedEntities))).toBeLessThanOrEqual(STARTED - 600_000);
    expect(Math.min(...createdOn(collectedEntities))).toBeGreaterThanOrEqual(STARTED - 600_000 - DAY_MS);
  });

  it('asks for the window to the second', async () => {
    simulator = await simulate({});

    await fetchAlerts({ alertsWindowMinutes: '90', alertsDelayMinutes: '10', alertsTimeAdjustmentMinutes: '-60' });

    expect(alertQueries()).toEqual([{ from: '2026-03-31T09:20:00Z', until: '2026-03-31T10:50:00Z', status: 'active' }]);
  });

  it.each([
    ['a second before the window', '2026-03-31T10:59:59.000Z', false],
    ['at its first second', '2026-03-31T11:00:00.000Z', true],
    ['at its last second', '2026-03-31T12:00:00.000Z', true],
    ['a second after the window', '2026-03-31T12:00:01.000Z', false],
  ])('knows an alert %s', async (_, at, isInside) => {
    // The only alert of a day lies half a day before the start of the simulator.
    simulator = await simulate({ alerts: 1, alertDays: 1, oddities: false }, Date.parse(at) + DAY_MS / 2);

    const { collectedEntities } = await fetchAlerts({ alertsWindowMinutes: '60', alertsIncludeDismissed: 'true' });

    expect(collectedEntities).toHaveLength(isInside ? 1 : 0);
  });

  it('is content with an empty window', async () => {
    simulator = await simulate({ alerts: 0 });

    const { collectedEntities, collectedRelationships } = await fetchAlerts();

    expect([collectedEntities, collectedRelationships]).toEqual([[], []]);
  });

  it('reads active alerts only, unless dismissed ones are asked for', async () => {
    simulator = await simulate({ alerts: 500, alertDays: 20, oddities: false });

    const active = await fetchAlerts();
    const all = await fetchAlerts({ alertsIncludeDismissed: 'true' });

    expect(all.collectedEntities).toHaveLength(500);
    expect(active.collectedEntities.map(({ _key }) => _key).sort()).toEqual(
      all.collectedEntities
        .filter(({ open }) => open === true)
        .map(({ _key }) => _key)
        .sort(),
    );
    expect(active.collectedEntities.length).toBeLessThan(500);
    expect(new Set(alertQueries().map(({ status }) => status))).toEqual(new Set(['active', 'dismissed']));
  });

  it('reads the severities that are asked for', async () => {
    simulator = await simulate({ alerts: 500, alertDays: 20, oddities: false });

    const some = await fetchAlerts({ alertsSeverities: '1,3' });
    const all = await fetchAlerts();

    const wanted = all.collectedEntities.filter(({ alertSeverity }) => alertSeverity === 1 || alertSeverity === 3);
    expect(some.collectedEntities.map(({ _key }) => _key).sort()).toEqual(wanted.map(({ _key }) => _key).sort());
    expect(wanted.length).toBeGreaterThan(0);
  });

  it('keeps alerts of agents that are not listed, without a relationship, and says how many', async () => {
    simulator = await simulate({});
    answerAlerts([{ id: 'a1', agentId: 'nobody' }, { id: 'a2', agentId: 'nobody' }, { id: 'a3' }]);

    const { collectedEntities, collectedRelationships, events } = await fetchAlerts();

    expect(collectedEntities.map(({ _key }) => _key)).toEqual([
      'threatstack:alert:a1',
      'threatstack:alert:a2',
      'threatstack:alert:a3',
    ]);
    expect(collectedRelationships).toEqual([]);
    expect(events.join('\n')).toContain('does not list their agents (any more): 2.');
  });

  it('takes an alert once that is dismissed between the two listings', async () => {
    simulator = await simulate({});
    answerAlerts([{ id: 'a1' }]);

    const { collectedEntities } = await fetchAlerts({ alertsIncludeDismissed: 'true' });

    expect(collectedEntities).toHaveLength(1);
    expect(alertQueries().map(({ status }) => status)).toEqual(['active', 'dismissed']);
  });

  it('fails when alerts are forbidden, so that nothing is taken for an empty list', async () => {
    simulator = await simulate({});
    simulator.faults.add({ route: 'GET /v2/alerts', fault: { kind: 'status', status: 403, body: { errors: ['no'] } } });

    await expect(fetchAlerts()).rejects.toMatchObject({ code: 'PROVIDER_AUTHORIZATION_ERROR' });
  });
});

/** A simulator without a limit, at the time at which the collection starts. */
function simulate(
  options: { alerts?: number; alertDays?: number; oddities?: boolean },
  now: number = STARTED,
): Promise<Simulator> {
  // Signatures are made with the machine's clock; how far the simulator's is from it is of no interest here.
  return startSimulator('threatstack', { ...options, rateLimit: 0, skewSeconds: 1e10, clock: { now: () => now } });
}

function fetchAlerts(fields: Record<string, string> = {}): Promise<StepRun> {
  const instanceConfig = { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl, ...fields };
  return runStep('fetch-alerts', instanceConfig, { startedOn: STARTED });
}

function answerAlerts(alerts: unknown[]): void {
  simulator.faults.add({ route: 'GET /v2/alerts', fault: { kind: 'body', body: JSON.stringify({ alerts }) } });
}

function alertQueries(): Record<string, unknown>[] {
  return simulator.traffic.requests.filter(({ path }) => path === '/v2/alerts').map(({ query }) => query);
}

function createdOn(entities: readonly Record<string, unknown>[]): number[] {
  return entities.map((entity) => Number(entity['createdOn']));
}
