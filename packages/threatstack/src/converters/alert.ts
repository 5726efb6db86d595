import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createAlert } from '../data-model.js';
import type { AlertRecord } from '../records.js';

/** The two lists in which Threat Stack keeps alerts. */
export type AlertStatus = 'active' | 'dismissed';

/**
 * Threat Stack's severities in the graph's words. The number is the one that the graph sorts by, where more is graver: the
 * middle of the band that CVSS v3 gives the word. Threat Stack's own number, where less is graver, is `alertSeverity`.
 */
const SEVERITIES: ReadonlyMap<number | undefined, { severity: string; numericSeverity: number }> = new Map([
  [1, { severity: 'high', numericSeverity: 8 }],
  [2, { severity: 'medium', numericSeverity: 5.5 }],
  [3, { severity: 'low', numericSeverity: 2 }],
]);

/**
 * The entity of an alert.
 *
 * @param listedAs the list that the record came from: its status, where the record itself states none
 */
export function toAlertEntity(alert: AlertRecord, listedAs: AlertStatus): Entity {
  const name = text(alert.title) ?? `Threat Stack alert ${alert.id}`;
  const open = alert.isDismissed === undefined ? listedAs === 'active' : !alert.isDismissed;
  const aggregatedFields = alert.aggregates?.map(({ fieldName }) => fieldName) ?? [];
  return withRawData(
    createAlert({
      _key: `threatstack:alert:${alert.id}`,
      id: alert.id,
      name,
      displayName: name,
      category: 'event',
      ...(SEVERITIES.get(alert.severity) ?? { severity: null, numericSeverity: null }),
      alertSeverity: alert.severity,
      open,
      status: open ? 'active' : 'dismissed',
      createdOn: isoMillis(alert.createdAt),
      dataSource: text(alert.dataSource),
      agentId: text(alert.agentId),
      ruleId: text(alert.ruleId),
      rulesetId: text(alert.rulesetId),
      aggregatedFields: aggregatedFields.length > 0 ? aggregatedFields : undefined,
      dismissedOn: isoMillis(alert.dismissedAt),
      dismissedBy: text(alert.dismissedBy),
      dismissReason: text(alert.dismissReason),
      dismissReasonText: text(alert.dismissReasonText),
    }),
    alert,
  );
}
