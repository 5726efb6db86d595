import {
  IntegrationProviderAPIError,
  IntegrationWarnEventName,
  type IntegrationLogger,
  type JobState,
} from '@jupiterone/integration-sdk-core';
import { forEachConcurrent } from '@vendor-graph/flow-control';
import { MAX_CONCURRENT_REQUESTS } from '../client.js';
import { toVulnerabilityEntity } from '../converters/vulnerability.js';
import { IMAGE, IMAGE_HAS_VULNERABILITY, VULNERABILITY } from '../data-model.js';
import { ListReport } from '../list-report.js';
import type { VulnerabilityLedger } from '../vulnerabilities/vulnerability-ledger.js';
import { fetchImages } from './fetch-images.js';
import { ImageReader } from './image-reader.js';
import type { PanopticaStep } from './step.js';

const ENDPOINT = 'GET /images/{imageId}/vulnerabilities';
/** Entities handed to the job state at once. It writes them into one text, which should not be a large object. */
const BATCH_SIZE = 50;

export const fetchVulnerabilities: PanopticaStep = {
  id: 'fetch-vulnerabilities',
  name: 'Fetch vulnerabilities',
  entities: [VULNERABILITY],
  relationships: [IMAGE_HAS_VULNERABILITY],
  dependsOn: [fetchImages.id],
  authorization: { endpoints: [ENDPOINT] },
  /**
   * A request or more per image, several at a time. The pairs of an image and its vulnerabilities are handed on when the
   * image has been read; the vulnerabilities follow at the end, because each image may add to each of them.
   */
  async run({ client, jobState, logger }) {
    const imageIds = await imageIdsIn(jobState);
    const report = new ListReport(logger, 'vulnerability rows');
    const reader = new ImageReader(client, jobState, report);
    try {
      const concurrency = MAX_CONCURRENT_REQUESTS;
      await forEachConcurrent(imageIds, (imageId, signal) => reader.read(imageId, signal), { concurrency });
    } finally {
      // After a failure too: what has been read is true, and relationships need both their ends.
      await addVulnerabilities(jobState, reader.ledger).finally(() => reader.ledger.close());
      report.publish();
      publishLosses(logger, reader, imageIds.length);
    }
    const [failure] = reader.failures;
    if (failure !== undefined) throw failure;
    if (reader.gone === imageIds.length && imageIds.length > 1) throw allGone(imageIds.length);
  },
};

async function imageIdsIn(jobState: JobState): Promise<string[]> {
  const ids: string[] = [];
  await jobState.iterateEntities({ _type: IMAGE._type }, ({ id }) => {
    if (typeof id === 'string') ids.push(id);
  });
  return ids;
}

async function addVulnerabilities(jobState: JobState, ledger: VulnerabilityLedger): Promise<void> {
  for await (const vulnerabilities of ledger.drain()) {
    for (let start = 0; start < vulnerabilities.length; start += BATCH_SIZE) {
      const batch = vulnerabilities.slice(start, start + BATCH_SIZE);
      await jobState.addEntities(batch.map(toVulnerabilityEntity));
    }
  }
}

function publishLosses(logger: IntegrationLogger, { gone, failures }: ImageReader, images: number): void {
  if (gone > 0) {
    logger.publishWarnEvent({
      name: IntegrationWarnEventName.IncompleteData,
      description: `${gone} of ${images} images disappeared while their vulnerabilities were read.`,
    });
  }
  if (failures.length > 0) {
    logger.publishWarnEvent({
      name: IntegrationWarnEventName.IncompleteData,
      description: `The vulnerabilities of ${failures.length} of ${images} images could not be read.`,
    });
  }
}

/** Images come and go, but not all at once: this service has moved its findings, and "none" would delete them. */
function allGone(images: number): Error {
  return new IntegrationProviderAPIError({
    endpoint: ENDPOINT,
    status: 404,
    statusText: 'Not Found',
    message: `${ENDPOINT} answered 404 for each of ${images} images, so that nothing can be said about their findings. Check the base URL.`,
  });
}
