import { CommandError } from '../command-error.js';
import { readGraphState } from '../graph-folder/graph-state.js';
import { digestsOf, readDigests } from '../graph-folder/object-digests.js';
import { lastUpload } from './last-upload.js';
import { plannedChanges, type DigestSource } from './planned-changes.js';
import type { UploadPlan } from './run-sync.js';
import type { SyncReport } from './sync-report.js';

/**
 * What an upload would change, without sending anything.
 *
 * @param against folder of the graph to compare with; by default the last upload from the graph's own folder.
 * @throws CommandError when there is no graph in `against`.
 */
export async function previewSync(plan: UploadPlan, against: string | undefined): Promise<SyncReport> {
  const { vendor, folder, partialTypes, simulated } = plan;
  if (against !== undefined && readGraphState(against) === undefined)
    throw new CommandError(`There is no collected graph in ${against} to compare with.`);
  const uploaded = lastUpload(plan);
  const before: DigestSource =
    against !== undefined
      ? (kind) => digestsOf(against, kind)
      : uploaded !== undefined
        ? (kind) => readDigests(uploaded, kind)
        : nothing;
  return {
    package: vendor,
    status: 'success',
    dryRun: true,
    simulated,
    graph: folder,
    partialTypes,
    comparedWith: against ?? (uploaded === undefined ? 'nothing: there was no upload from here' : 'the last upload'),
    changes: await plannedChanges(before, (kind) => digestsOf(folder, kind), new Set(partialTypes)),
  };
}

async function* nothing(): AsyncGenerator<never> {
  // Without an earlier upload, everything is new.
}
