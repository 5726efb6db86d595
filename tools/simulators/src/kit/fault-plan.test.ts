import { describe, expect, it } from 'vitest';
import { FaultPlan } from './fault-plan.js';
import type { Fault } from './fault.js';

const AGENTS = { method: 'GET', path: '/v2/agents', query: { status: 'online' } };
const OTHER = { method: 'GET', path: '/v2/alerts', query: {} };
const BROKEN: Fault = { kind: 'status', status: 500 };
const SLOW_DOWN: Fault = { kind: 'status', status: 429 };

/** Statuses that so many requests in a row meet; 200 where nothing strikes. */
function statuses(plan: FaultPlan, requests: number, request = AGENTS): number[] {
  return Array.from({ length: requests }, () => {
    const fault = plan.strike(request);
    return fault?.kind === 'status' ? fault.status : 200;
  });
}

describe('FaultPlan', () => {
  it('strikes every matching request unless told otherwise, and no other', () => {
    const plan = new FaultPlan();
    plan.add({ route: 'GET /v2/agents', fault: BROKEN });

    expect(statuses(plan, 3)).toEqual([500, 500, 500]);
    expect(statuses(plan, 2, { ...OTHER, query: { status: 'online' } })).toEqual([200, 200]);
  });

  it('lets the first requests through, then strikes a number of times', () => {
    const plan = new FaultPlan();
    plan.add({ route: '*', skip: 1, times: 2, fault: BROKEN });

    expect(statuses(plan, 5)).toEqual([200, 500, 500, 200, 200]);
  });

  it('goes through entries in order, so that one follows the other', () => {
    const plan = new FaultPlan();
    plan.add({ route: '*', times: 2, fault: BROKEN });
    plan.add({ route: '*', times: 1, fault: SLOW_DOWN });

    expect(statuses(plan, 4)).toEqual([500, 500, 429, 200]);
  });

  it('asks a later entry while an earlier one still lets requests through', () => {
    const plan = new FaultPlan();
    plan.add({ route: '*', skip: 2, times: 1, fault: BROKEN });
    plan.add({ route: '*', times: 1, fault: SLOW_DOWN });

    expect(statuses(plan, 4)).toEqual([429, 200, 500, 200]);
  });

  it('does nothing with an entry that strikes no times', () => {
    const plan = new FaultPlan();
    plan.add({ route: '*', times: 0, fault: BROKEN });

    expect(statuses(plan, 2)).toEqual([200, 200]);
  });

  it('takes back one entry, or all', () => {
    const plan = new FaultPlan();
    const takeBack = plan.add({ route: '*', fault: BROKEN });
    plan.add({ route: '*', fault: SLOW_DOWN });

    takeBack();
    const afterOne = statuses(plan, 1);
    plan.clear();

    expect(afterOne).toEqual([429]);
    expect(statuses(plan, 1)).toEqual([200]);
  });
});
