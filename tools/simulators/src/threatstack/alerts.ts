import type { Random } from '../kit/random.js';
import { iso } from './agents.js';

/** An alert as the API shows it. Every field but `id` may be missing. */
export interface AlertRecord {
  readonly id: string;
  readonly title?: string;
  readonly dataSource?: string;
  readonly createdAt?: string;
  readonly isDismissed?: boolean;
  readonly dismissedAt?: string | null;
  readonly dismissReason?: string;
  readonly dismissReasonText?: string;
  readonly dismissedBy?: string;
  readonly severity?: number;
  readonly agentId?: string;
  readonly ruleId?: string;
  readonly rulesetId?: string;
  readonly aggregates?: readonly { readonly fieldName: string }[];
}

/** Which alerts are asked for; times are in ms since the epoch, both ends included. */
export interface AlertFilter {
  readonly from?: number;
  readonly until?: number;
  readonly isDismissed?: boolean;
  readonly severities?: readonly number[];
  readonly agentId?: string;
  readonly ruleId?: string;
}

const DAY = 24 * 60 * 60_000;
const DISMISS_REASONS = ['BUSINESS_OP', 'COMPANY_POLICY', 'MAINTENANCE', 'NONE', 'AUTO_DISMISS', 'OTHER'];
const RULES = [
  { title: 'Shell: Interactive session on a server', dataSource: 'audit', aggregates: ['user', 'exe'] },
  { title: 'File: Secret key opened', dataSource: 'fim', aggregates: ['filename'] },
  { title: 'Network: Outbound connection to an unusual port', dataSource: 'audit', aggregates: ['dst_ip', 'port'] },
  { title: 'CloudTrail: Security group changed', dataSource: 'cloudtrail', aggregates: ['eventName'] },
  { title: 'User: Privilege escalation', dataSource: 'audit', aggregates: ['user'] },
];

/**
 * Alerts, newest first. Alert i of n was raised (i + 1/2) · days / n before the simulator started, to the millisecond, so
 * that a window of days holds a number of alerts that can be told in advance. Records are made when they are asked for.
 */
export class Alerts {
  readonly length: number;
  readonly #random: Random;
  readonly #newest: number;
  readonly #spacing: number;
  readonly #agentIds: readonly string[];
  readonly #unknownAgentId: string | undefined;
  readonly #rules: readonly ((typeof RULES)[number] & { readonly ruleId: string; readonly rulesetId: string })[];

  constructor(
    random: Random,
    agentIds: readonly string[],
    /** An agent that no alert should name, but one does; without it all alerts are regular. */
    unknownAgentId: string | undefined,
    {
      alerts,
      alertDays,
      startedAt,
    }: { readonly alerts: number; readonly alertDays: number; readonly startedAt: number },
  ) {
    this.length = alerts;
    this.#random = random;
    this.#spacing = (alertDays * DAY) / Math.max(1, alerts);
    this.#newest = startedAt;
    this.#agentIds = agentIds;
    this.#unknownAgentId = unknownAgentId;
    const rulesetId = random.fork('ruleset').uuid();
    this.#rules = RULES.map((rule, number) => ({ ...rule, ruleId: random.fork('rule', number).uuid(), rulesetId }));
  }

  /** The alert with this number as JSON, or undefined when the filter leaves it out. */
  json(number: number, filter: AlertFilter): string | undefined {
    const createdAt = this.#createdAt(number);
    if (filter.from !== undefined && createdAt < filter.from) return undefined;
    if (filter.until !== undefined && createdAt > filter.until) return undefined;
    const alert = this.#alert(number, createdAt);
    const isWanted =
      (filter.isDismissed === undefined || alert.isDismissed === filter.isDismissed) &&
      (filter.severities === undefined ||
        (alert.severity !== undefined && filter.severities.includes(alert.severity))) &&
      (filter.agentId === undefined || alert.agentId === filter.agentId) &&
      (filter.ruleId === undefined || alert.ruleId === filter.ruleId);
    return isWanted ? JSON.stringify(alert) : undefined;
  }

  #createdAt(number: number): number {
    return Math.round(this.#newest - (number + 0.5) * this.#spacing);
  }

  #alert(number: number, createdAt: number): AlertRecord {
    const draw = this.#random.fork('alert', number);
    const { title, dataSource, aggregates, ruleId, rulesetId } = draw.pick(this.#rules);
    const isDismissed = draw.chance(0.2);
    const regular: AlertRecord = {
      id: draw.hex(24),
      title,
      dataSource,
      createdAt: iso(createdAt),
      isDismissed,
      dismissedAt: isDismissed ? iso(createdAt + draw.integer(1, 3_600_000)) : null,
      dismissReason: isDismissed ? draw.pick(DISMISS_REASONS) : 'NONE',
      dismissReasonText: '',
      dismissedBy: isDismissed ? draw.hex(24) : '',
      severity: draw.pick([1, 2, 2, 3, 3, 3]),
      ...(this.#agentIds.length === 0 || dataSource === 'cloudtrail' ? {} : { agentId: draw.pick(this.#agentIds) }),
      ruleId,
      rulesetId,
      aggregates: aggregates.map((fieldName) => ({ fieldName })),
    };
    return this.#unknownAgentId === undefined ? regular : oddAlert(number, regular, this.#unknownAgentId);
  }
}

/** The newest alerts are irregular, each in its own way. */
function oddAlert(number: number, alert: AlertRecord, unknownAgentId: string): AlertRecord {
  switch (number) {
    case 0:
      return { ...alert, agentId: unknownAgentId };
    case 1:
      return { id: alert.id };
    case 2:
      return { ...alert, isDismissed: true, dismissReason: 'A_REASON_OF_TOMORROW', dismissReasonText: 'see ticket' };
    case 3:
      return { ...alert, title: '', severity: 4, aggregates: [] };
    default:
      return alert;
  }
}
