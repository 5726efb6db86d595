import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '../records.js';
import { toAlertEntity } from './alert.js';

const DISMISSED: AlertRecord = {
  id: '5e8d3a1b2c',
  title: 'CloudTrail: root login',
  dataSource: 'cloudtrail',
  createdAt: '2026-03-01T10:00:00.000Z',
  isDismissed: true,
  dismissedAt: '2026-03-02T10:00:00.000Z',
  dismissReason: 'MAINTENANCE',
  dismissReasonText: 'planned',
  dismissedBy: 'user-7',
  severity: 1,
  agentId: 'agent-1',
  ruleId: 'rule-1',
  rulesetId: 'ruleset-1',
  aggregates: [{ fieldName: 'user' }, { fieldName: 'ip' }],
};

describe('toAlertEntity', () => {
  it('converts a dismissed alert', () => {
    expect(toAlertEntity(DISMISSED, 'dismissed')).toEqual({
      _key: 'threatstack:alert:5e8d3a1b2c',
      _type: 'threatstack_alert',
      _class: ['Finding'],
      id: '5e8d3a1b2c',
      name: 'CloudTrail: root login',
      displayName: 'CloudTrail: root login',
      category: 'event',
      severity: 'high',
      numericSeverity: 8,
      alertSeverity: 1,
      open: false,
      status: 'dismissed',
      createdOn: 1_772_359_200_000,
      dataSource: 'cloudtrail',
      agentId: 'agent-1',
      ruleId: 'rule-1',
      rulesetId: 'ruleset-1',
      aggregatedFields: ['user', 'ip'],
      dismissedOn: 1_772_445_600_000,
      dismissedBy: 'user-7',
      dismissReason: 'MAINTENANCE',
      dismissReasonText: 'planned',
      _rawData: [{ name: 'default', rawData: DISMISSED }],
    });
  });

  it('makes do with an id', () => {
    expect(toAlertEntity({ id: 'a-1' }, 'active')).toMatchObject({
      _key: 'threatstack:alert:a-1',
      name: 'Threat Stack alert a-1',
      displayName: 'Threat Stack alert a-1',
      category: 'event',
      severity: null,
      numericSeverity: null,
      open: true,
      status: 'active',
    });
  });

  it.each([
    [1, 'high', 8],
    [2, 'medium', 5.5],
    [3, 'low', 2],
    [4, null, null],
    [undefined, null, null],
  ])('grades severity %j as %j', (severity, word, number) => {
    expect(toAlertEntity({ id: 'a', severity }, 'active')).toMatchObject({ severity: word, numericSeverity: number });
  });

  it.each([
    [undefined, 'active', true],
    [undefined, 'dismissed', false],
    [true, 'active', false],
    [false, 'dismissed', true],
  ] as const)('takes isDismissed %j of the %s list as open = %j', (isDismissed, listedAs, open) => {
    expect(toAlertEntity({ id: 'a', isDismissed }, listedAs)['open']).toBe(open);
  });
});
