import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { describe, expect, it, vi } from 'vitest';
import { ListReport, UNREADABLE } from './list-report.js';

function reportOf(what: string) {
  const logger = createMockIntegrationLogger();
  const warn = vi.spyOn(logger, 'publishWarnEvent');
  return { report: new ListReport(logger, what), warnings: () => warn.mock.calls.map(([event]) => event) };
}

describe('ListReport', () => {
  it('says nothing when nothing went wrong', () => {
    const { report, warnings } = reportOf('images');

    report.publish();

    expect(warnings()).toEqual([]);
  });

  it('tells once, for all lists together, how many rows were not seen', () => {
    const { report, warnings } = reportOf('vulnerability rows');

    report.incomplete({ passes: 16, rows: 200, distinct: 198, complete: false });
    report.incomplete({ passes: 16, rows: 50, distinct: 49, complete: false });
    report.publish();

    expect(warnings()).toEqual([
      {
        name: 'warn_incomplete_data',
        description:
          'Panoptica lists vulnerability rows in an order that changes from request to request: of 250 rows only 247 ' +
          'different ones were seen, however often they were read. The others repeat these or are missing.',
      },
    ]);
  });

  it('tells of rows that could not be read', () => {
    const { report, warnings } = reportOf('images');

    report.skipped.skip(UNREADABLE, 2);
    report.publish();

    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]?.description).toContain('2 without a usable id');
  });
});
