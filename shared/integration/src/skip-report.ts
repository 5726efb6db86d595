import {
  IntegrationInfoEventName,
  IntegrationWarnEventName,
  type IntegrationLogger,
} from '@jupiterone/integration-sdk-core';

/**
 * Counts what a step leaves out, so that the user is told once at the step's end and not for each record.
 *
 * @example
 * import { SkipReport } from '@vendor-graph/integration';
 * const told: string[] = [];
 * const tell = ({ description }: { description: string }): number => told.push(description);
 * const skipped = new SkipReport({ publishWarnEvent: tell, publishInfoEvent: tell }, 'agents');
 * skipped.skip('without an id', 3);
 * skipped.publish();
 *
 * skipped.total; // => 3
 * told.length; // => 1
 */
export class SkipReport {
  readonly #logger: Pick<IntegrationLogger, 'publishWarnEvent' | 'publishInfoEvent'>;
  readonly #what: string;
  readonly #reasons = new Map<string, number>();
  #duplicates = 0;
  #total = 0;

  /** @param what the records in the plural: `agents`. */
  constructor(logger: Pick<IntegrationLogger, 'publishWarnEvent' | 'publishInfoEvent'>, what: string) {
    this.#logger = logger;
    this.#what = what;
  }

  /** How many records were lost; duplicates are not. */
  get total(): number {
    return this.#total;
  }

  /**
   * Counts lost records.
   *
   * @param reason words of ours, never of the vendor: each different one is kept and shown.
   */
  skip(reason: string, count = 1): void {
    if (count <= 0) return;
    this.#total += count;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + count);
  }

  /** Counts records that were seen before; nothing is lost with them. */
  duplicate(count = 1): void {
    this.#duplicates += count;
  }

  /** Tells what was counted since the last call: a warning for lost records, an information for duplicates. */
  publish(): void {
    if (this.#reasons.size > 0) {
      const lost = [...this.#reasons.values()].reduce((sum, count) => sum + count, 0);
      const reasons = [...this.#reasons].map(([reason, count]) => `${count} ${reason}`);
      this.#logger.publishWarnEvent({
        name: IntegrationWarnEventName.IncompleteData,
        description: `Skipped ${lost} of the ${this.#what}: ${reasons.join(', ')}.`,
      });
    }
    if (this.#duplicates > 0)
      this.#logger.publishInfoEvent({
        name: IntegrationInfoEventName.Info,
        description: `Listed more than once among the ${this.#what}: ${this.#duplicates}; each was taken once.`,
      });
    this.#reasons.clear();
    this.#duplicates = 0;
  }
}
