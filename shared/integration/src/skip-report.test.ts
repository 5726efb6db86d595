import { describe, expect, it, vi } from 'vitest';
import { SkipReport } from './skip-report.js';

function report(what: string) {
  const logger = { publishWarnEvent: vi.fn(), publishInfoEvent: vi.fn() };
  return { logger, skipped: new SkipReport(logger, what) };
}

describe('SkipReport', () => {
  it('says nothing when nothing was skipped', () => {
    const { logger, skipped } = report('agents');

    skipped.skip('without an id', 0);
    skipped.duplicate(0);
    skipped.publish();

    expect(skipped.total).toBe(0);
    expect(logger.publishWarnEvent).not.toHaveBeenCalled();
    expect(logger.publishInfoEvent).not.toHaveBeenCalled();
  });

  it('warns once of lost records, with a count for each reason', () => {
    const { logger, skipped } = report('agents');

    for (let i = 0; i < 1000; i++) skipped.skip('without an id');
    skipped.skip('of an unknown status', 2);
    skipped.publish();

    expect(skipped.total).toBe(1002);
    expect(logger.publishWarnEvent.mock.calls).toEqual([
      [
        {
          name: 'warn_incomplete_data',
          description: 'Skipped 1002 of the agents: 1000 without an id, 2 of an unknown status.',
        },
      ],
    ]);
    expect(logger.publishInfoEvent).not.toHaveBeenCalled();
  });

  it('informs of duplicates, which are no loss', () => {
    const { logger, skipped } = report('agents');

    skipped.duplicate();
    skipped.duplicate(4);
    skipped.publish();

    expect(skipped.total).toBe(0);
    expect(logger.publishWarnEvent).not.toHaveBeenCalled();
    expect(logger.publishInfoEvent.mock.calls).toEqual([
      [{ name: 'info', description: 'Listed more than once among the agents: 5; each was taken once.' }],
    ]);
  });

  it('tells the same only once', () => {
    const { logger, skipped } = report('agents');

    skipped.skip('without an id');
    skipped.publish();
    skipped.publish();

    expect(logger.publishWarnEvent).toHaveBeenCalledTimes(1);
    expect(skipped.total).toBe(1);
  });
});
