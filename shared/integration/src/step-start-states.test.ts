import { DisabledStepReason } from '@jupiterone/integration-sdk-core';
import { describe, expect, it } from 'vitest';
import { stepStartStates } from './step-start-states.js';

const steps = [{ id: 'a' }, { id: 'b', ingestionSourceId: 'extra' }, { id: 'c', ingestionSourceId: 'usual' }];
const sources = { extra: { title: 'Extra', defaultsToDisabled: true }, usual: { title: 'Usual' } };
const ON = { disabled: false };
const OFF = (disabledReason: DisabledStepReason) => ({ disabled: true, disabledReason });

describe('stepStartStates', () => {
  it('switches off the sources that are off by default', () => {
    expect(stepStartStates(steps, {}, sources, {})).toEqual({ a: ON, b: OFF(DisabledStepReason.USER_CONFIG), c: ON });
  });

  it.each([[[]], [[{ ingestionSourceId: 'usual' }]]])(
    'names every step and leaves the sources to the runtime when the instance says which are disabled: %j',
    (disabledSources) => {
      expect(stepStartStates(steps, { disabledSources }, sources, {})).toEqual({ a: ON, b: ON, c: ON });
    },
  );

  it('gives the reason of the mode, which is stronger than that of the source', () => {
    const off = { a: DisabledStepReason.API_VERSION, b: DisabledStepReason.CONFIG };

    expect(stepStartStates(steps, {}, sources, off)).toEqual({
      a: OFF(DisabledStepReason.API_VERSION),
      b: OFF(DisabledStepReason.CONFIG),
      c: ON,
    });
  });

  it('refuses a mode that switches off a step that does not exist', () => {
    expect(() => stepStartStates(steps, {}, sources, { d: DisabledStepReason.CONFIG })).toThrow(
      new TypeError('disabledSteps names "d", which is not a step.'),
    );
  });
});
