import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { excludedSteps, withoutSteps } from './step-selection.js';

/** account <- users <- roles, account <- assets. */
const STEPS = [
  { id: 'account' },
  { id: 'users', dependsOn: ['account'] },
  { id: 'roles', dependsOn: ['users'] },
  { id: 'assets', dependsOn: ['account'] },
].map((step) => ({
  name: step.id,
  entities: [],
  relationships: [],
  executionHandler: () => undefined,
  ...step,
})) satisfies IntegrationInvocationConfig['integrationSteps'];

describe('excludedSteps', () => {
  it.each([
    ['nothing without a filter', [], [], []],
    ['all but a step and its dependencies', ['roles'], [], ['assets']],
    ['all but two steps and their dependencies', ['users', 'assets'], [], ['roles']],
    ['a skipped step and its dependents', [], ['users'], ['users', 'roles']],
    ['both', ['roles', 'assets'], ['users'], ['users', 'roles']],
  ])('is %s', (_what, only, skip, expected) => {
    expect([...excludedSteps(STEPS, { only, skip })]).toEqual(expected);
  });

  it('refuses steps that do not exist', () => {
    expect(() => excludedSteps(STEPS, { only: ['user'], skip: ['x'] })).toThrow(
      'There is no step "user". Did you mean users? Known: account, users, roles, assets.\n' +
        'There is no step "x". Known: account, users, roles, assets.',
    );
  });

  it('refuses to run nothing', () => {
    expect(() => excludedSteps(STEPS, { only: ['users'], skip: ['account'] })).toThrow('no step is left');
  });
});

describe('withoutSteps', () => {
  type Context = Parameters<NonNullable<IntegrationInvocationConfig['getStepStartStates']>>[0];

  it("keeps the vendor's states and its reasons", async () => {
    const original: IntegrationInvocationConfig['getStepStartStates'] = () => ({
      account: { disabled: false },
      users: { disabled: true },
      roles: { disabled: false },
      assets: { disabled: false },
    });

    expect(await withoutSteps(original, STEPS, new Set(['assets']))({} as Context)).toEqual({
      account: { disabled: false },
      users: { disabled: true },
      roles: { disabled: false },
      assets: { disabled: true },
    });
  });

  it('has a state for each step of a vendor without states', async () => {
    expect(Object.keys(await withoutSteps(undefined, STEPS, new Set())({} as Context))).toEqual([
      'account',
      'users',
      'roles',
      'assets',
    ]);
  });
});
