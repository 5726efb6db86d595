import {
  abortSynchronization,
  createApiClient,
  finalizeSynchronization,
  initiateSynchronization,
  uploadGraphObjectData,
} from '@jupiterone/integration-sdk-runtime';
import { GRAPH_OBJECT_KINDS, graphObjects } from '../graph-folder/graph-objects.js';
import { createLogger } from '../logging/create-logger.js';
import type { LogLevel } from '../logging/log-level.js';
import type { LogRecord } from '../logging/log-record.js';
import { recordUpload } from './last-upload.js';
import type { SyncScope, SyncTarget } from './sync-target.js';
import { UploadRefused } from './upload-refused.js';

type SynchronizationJob = Awaited<ReturnType<typeof finalizeSynchronization>>;
type JobContext = Awaited<ReturnType<typeof initiateSynchronization>>;

/** One graph that goes to JupiterOne. */
export interface Upload {
  vendor: string;
  /** The folder that holds `graph`. */
  folder: string;
  target: SyncTarget;
  scope: SyncScope;
  /** Types of which JupiterOne deletes nothing. */
  partialTypes: readonly string[];
}

/** What an upload needs of the process. */
export interface UploadHost {
  logLevel: LogLevel;
  log: (record: LogRecord) => void;
  /** Called after each file with the number of objects uploaded so far. */
  onProgress: (uploaded: number) => void;
  signal: AbortSignal;
}

/**
 * Uploads a graph and finalizes: from then on JupiterOne holds exactly this graph of the scope, and of partial types also
 * what it held before. When anything fails, or the signal is aborted, the job is aborted and JupiterOne changes nothing.
 *
 * @returns the finalized job, with JupiterOne's counts.
 * @throws UploadRefused when JupiterOne does not let the upload begin; what the SDK throws; the signal's reason.
 */
export async function syncVendor(upload: Upload, host: UploadHost): Promise<SynchronizationJob> {
  const { target, scope, partialTypes } = upload;
  const apiClient = createApiClient({
    apiBaseUrl: target.apiBaseUrl.href.replace(/\/+$/, ''),
    account: target.account,
    accessToken: target.apiKey,
    compressUploads: true,
  });
  const logger = createLogger(upload.vendor, host.logLevel, host.log);
  const context = await initiateSynchronization({ logger, apiClient, ...scope }).catch((error: unknown) => {
    throw new UploadRefused(
      `${upload.vendor}: JupiterOne at ${target.apiBaseUrl.origin} takes no upload: ${reasonOf(error)} Nothing was uploaded. Check JUPITERONE_ACCOUNT, JUPITERONE_API_KEY, the address and the instance.`,
      isPassing(error) ? 'UNREACHABLE' : 'REFUSED',
    );
  });
  try {
    await uploadObjects(upload.folder, context, host);
    const job = await finalizeSynchronization({ ...context, partialDatasets: { types: [...partialTypes] } });
    await recordUpload(upload);
    return job;
  } catch (error) {
    await abort(context, host.signal.aborted ? 'interrupted' : 'the upload failed');
    throw error;
  }
}

async function uploadObjects(folder: string, context: JobContext, { onProgress, signal }: UploadHost): Promise<void> {
  let uploaded = 0;
  for (const kind of GRAPH_OBJECT_KINDS)
    for await (const objects of graphObjects(folder, kind)) {
      signal.throwIfAborted();
      await uploadGraphObjectData(context, { entities: [], relationships: [], [kind]: objects });
      uploaded += objects.length;
      onProgress(uploaded);
    }
  // Nothing after this point can be taken back.
  signal.throwIfAborted();
}

async function abort(context: JobContext, reason: string): Promise<void> {
  try {
    await abortSynchronization({ ...context, reason });
  } catch (error) {
    // A job that is not finalized changes nothing, aborted or not; the first error is the one to tell.
    context.logger.debug({ err: error }, 'The job could not be aborted.');
  }
}

/** Whether the same upload can succeed later: JupiterOne did not answer, or answered that it cannot now. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return false;
  const { cause } = error;
  const status = 'response' in cause ? (cause.response as { status?: number } | undefined)?.status : undefined;
  return status === undefined || status === 429 || status >= 500;
}

/** The SDK's words, and the network's code that it keeps below them. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error.';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${error.message.replace(/\.$/, '')}${code}.`;
}
