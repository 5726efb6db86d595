import { IntegrationWarnEventName, type IntegrationLogger } from '@jupiterone/integration-sdk-core';
import type { UnstableReport } from '@vendor-graph/flow-control';
import { SkipReport } from '@vendor-graph/integration';

/** Why a record is left out that its key cannot be made of. */
export const UNREADABLE = 'without a usable id';

/** Gathers what went wrong with the lists that a step reads, so that the user is told once, when the step ends. */
export class ListReport {
  readonly skipped: SkipReport;
  readonly #logger: Pick<IntegrationLogger, 'publishWarnEvent' | 'publishInfoEvent'>;
  readonly #what: string;
  #rows = 0;
  #distinct = 0;

  /** @param what the records in the plural: `images`. */
  constructor(logger: Pick<IntegrationLogger, 'publishWarnEvent' | 'publishInfoEvent'>, what: string) {
    this.skipped = new SkipReport(logger, what);
    this.#logger = logger;
    this.#what = what;
  }

  /** Counts a list of which some rows were probably never shown. */
  incomplete({ rows, distinct }: UnstableReport): void {
    this.#rows += rows;
    this.#distinct += distinct;
  }

  publish(): void {
    this.skipped.publish();
    if (this.#rows === 0) return;
    this.#logger.publishWarnEvent({
      name: IntegrationWarnEventName.IncompleteData,
      description:
        `Panoptica lists ${this.#what} in an order that changes from request to request: of ${this.#rows} rows only ` +
        `${this.#distinct} different ones were seen, however often they were read. The others repeat these or are missing.`,
    });
  }
}
