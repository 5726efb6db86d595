import { IntegrationProviderAPIError, type JobState, type Relationship } from '@jupiterone/integration-sdk-core';
import { HttpError, HttpStatusError } from '@vendor-graph/http';
import type { PanopticaClient } from '../client.js';
import { imageHasVulnerabilities } from '../converters/image-has-vulnerability.js';
import type { ListReport } from '../list-report.js';
import type { Vulnerability } from '../records.js';
import { ImageFindings } from '../vulnerabilities/image-findings.js';
import { VulnerabilityLedger } from '../vulnerabilities/vulnerability-ledger.js';

/** When so many images in a row cannot be read, it is not the images. */
const MAX_FAILURES_IN_A_ROW = 10;
/** These answers are about the credentials: the next image will get the same. */
const REFUSALS: readonly unknown[] = [401, 403];
const NOT_FOUND = 404;
/** Relationships handed to the job state at once. It writes them into one text, which should not be a large object. */
const BATCH_SIZE = 50;

/**
 * Reads the vulnerabilities of images: a pair of image and vulnerability goes to the job state when its image has been
 * read, the vulnerability itself to the ledger. An image that cannot be read does not keep the others from being read.
 */
export class ImageReader {
  readonly ledger = new VulnerabilityLedger();
  readonly #client: Pick<PanopticaClient, 'readVulnerabilities'>;
  readonly #jobState: Pick<JobState, 'addRelationships'>;
  readonly #report: ListReport;
  readonly #failures: Error[] = [];
  #failuresInARow = 0;
  #gone = 0;

  constructor(
    client: Pick<PanopticaClient, 'readVulnerabilities'>,
    jobState: Pick<JobState, 'addRelationships'>,
    report: ListReport,
  ) {
    this.#client = client;
    this.#jobState = jobState;
    this.#report = report;
  }

  /** What went wrong with each image that could not be read. */
  get failures(): readonly Error[] {
    return this.#failures;
  }

  /** Images that disappeared between the list and now. */
  get gone(): number {
    return this.#gone;
  }

  /** Throws what would fail for each other image as well (the disk is full), or after too many failures in a row. */
  async read(imageId: string, signal?: AbortSignal): Promise<void> {
    const findings = await this.#findingsOf(imageId, signal);
    let batch: Relationship[] = [];
    for (const relationship of imageHasVulnerabilities(imageId, findings)) {
      batch.push(relationship);
      if (batch.length < BATCH_SIZE) continue;
      await this.#jobState.addRelationships(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#jobState.addRelationships(batch);
    await this.ledger.settled();
  }

  async #findingsOf(imageId: string, signal?: AbortSignal): Promise<ImageFindings> {
    const findings = new ImageFindings();
    try {
      const take = (row: Vulnerability): number => {
        this.ledger.add(row);
        return findings.add(row);
      };
      await this.#client.readVulnerabilities(imageId, take, this.#report, signal);
    } catch (error) {
      this.#settle(error);
      return new ImageFindings();
    }
    this.#failuresInARow = 0;
    return findings;
  }

  /** Throws the error again unless it concerns one image only. */
  #settle(error: unknown): void {
    if (error instanceof HttpStatusError && error.status === NOT_FOUND) {
      this.#gone += 1;
      return;
    }
    const concernsImage =
      (error instanceof HttpError && !REFUSALS.includes(error.status)) || error instanceof IntegrationProviderAPIError;
    if (!concernsImage) throw error;
    this.#failures.push(error);
    this.#failuresInARow += 1;
    if (this.#failuresInARow >= MAX_FAILURES_IN_A_ROW) throw error;
  }
}
