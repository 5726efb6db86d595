import { resolve } from 'node:path';
import { interruption } from '../collect/interruption.js';
import { exitCode, worstStatus } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import { readEnvFile } from '../configuration/env-file.js';
import { syncSummary } from '../summary/sync-summary.js';
import { counted } from '../terminal/amounts.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { knownVendors, vendorOf } from '../vendors/known-vendors.js';
import { locateVendor, type VendorPackage } from '../vendors/locate-vendor.js';
import { previewSync } from './preview-sync.js';
import type { SyncReport } from './sync-report.js';
import { syncScope, syncTarget, type SyncSource, type SyncTarget } from './sync-target.js';
import type { Upload, UploadHost } from './sync-vendor.js';
import { uploadableGraph } from './upload-guard.js';
import { UploadRefused } from './upload-refused.js';

/** The options of `vendor-graph sync`. */
export interface SyncOptions extends OutputOptions {
  all: boolean;
  out?: string;
  apiBaseUrl?: string;
  source: SyncSource;
  scope?: string;
  integrationInstanceId?: string;
  deleteDisabled: boolean;
  dryRun: boolean;
  against?: string;
  json: boolean;
}

/** How often the number of uploaded objects is told. */
const PROGRESS_INTERVAL_MS = 5_000;

/**
 * `vendor-graph sync`. All graphs are checked before the first one is uploaded.
 *
 * @returns the exit code.
 */
export async function runSync(vendors: readonly string[], options: SyncOptions): Promise<number> {
  // The SDK's uploader logs whole requests when one fails; what there is to know of it stands in our own messages.
  const logLevel = options.logLevel ?? (options.verbose ? 'debug' : 'error');
  const io = openCommandIo({ ...options, logLevel });
  const { streams, messenger, redactor } = io;
  const redact = (text: string): string => redactor.redact(text);
  const signal = interruption();
  const cwd = process.cwd();

  return exitCodeOf(io, async () => {
    const target = syncTarget(options, process.env);
    redactor.addAll([target.apiKey]);
    const plans = await planUploads(vendors, options, target, cwd);
    const host = (vendor: string): UploadHost => ({
      logLevel,
      log: (record) => {
        messenger.log(record);
      },
      onProgress: throttled(PROGRESS_INTERVAL_MS, (uploaded) => {
        if (!options.quiet) messenger.say('info', `${vendor}: ${counted(uploaded, 'object')} uploaded`);
      }),
      signal,
    });
    const against = options.against === undefined ? undefined : resolve(cwd, options.against);

    const reports: SyncReport[] = [];
    for (const plan of plans)
      reports.push(options.dryRun ? await previewSync(plan, against) : await upload(plan, host(plan.vendor), redact));

    for (const { error } of reports) if (error !== undefined) messenger.say('error', error);
    const status = worstStatus(reports.map((report) => report.status));
    const several = options.all || reports.length > 1;
    if (options.json) streams.result(`${JSON.stringify(several ? { status, packages: reports } : reports[0])}\n`);
    else if (!options.quiet) streams.result(reports.map(syncSummary).join(''));
    return exitCode(status);
  });
}

/** An upload, and what is known of its graph. */
export interface UploadPlan extends Upload {
  simulated: boolean;
}

async function planUploads(
  vendors: readonly string[],
  options: SyncOptions,
  target: SyncTarget,
  cwd: string,
): Promise<UploadPlan[]> {
  const named = [...new Set(options.all ? knownVendors(cwd) : vendors)];
  if (named.length === 0)
    throw new CommandError(`Which vendor? Name one or more of ${knownVendors(cwd).join(', ')}, or use --all.`);
  const several = options.all || named.length > 1;
  if (several && (options.integrationInstanceId !== undefined || options.against !== undefined))
    throw new CommandError('--integration-instance-id and --against are for one vendor at a time.');
  return Promise.all(
    named.map(async (name) => {
      const vendorPackage = locateVendor(name, cwd);
      const folder = graphFolder(vendorPackage, options.out, several, cwd);
      const { vendor } = vendorPackage;
      const state = uploadableGraph(vendor, folder, target.apiBaseUrl);
      const envFile = await readEnvFile(vendorPackage.envFile);
      const disabled = options.deleteDisabled ? [] : state.disabledTypes;
      return {
        vendor,
        folder,
        target,
        scope: syncScope(options, { vendor, env: process.env, envFile }),
        partialTypes: [...new Set([...state.partialTypes, ...disabled])].sort(),
        simulated: state.simulated,
      };
    }),
  );
}

function graphFolder(vendorPackage: VendorPackage, out: string | undefined, several: boolean, cwd: string): string {
  if (out === undefined) return vendorPackage.graphFolder;
  return resolve(cwd, out, several ? vendorOf(vendorPackage.packageName) : '.');
}

async function upload(plan: UploadPlan, host: UploadHost, redact: (text: string) => string): Promise<SyncReport> {
  const { vendor, folder, partialTypes, simulated } = plan;
  const report = { package: vendor, dryRun: false, simulated, graph: folder, partialTypes };
  // The SDK is loaded only where something is uploaded.
  const { syncVendor } = await import('./sync-vendor.js');
  try {
    const job = await syncVendor(plan, host);
    return {
      ...report,
      status: 'success',
      jobId: job.id,
      entities: {
        uploaded: job.numEntitiesUploaded,
        created: job.numEntitiesCreated,
        updated: job.numEntitiesUpdated,
        deleted: job.numEntitiesDeleted,
      },
      relationships: {
        uploaded: job.numRelationshipsUploaded,
        created: job.numRelationshipsCreated,
        updated: job.numRelationshipsUpdated,
        deleted: job.numRelationshipsDeleted,
      },
    };
  } catch (error) {
    if (host.signal.aborted)
      return { ...report, status: 'interrupted', error: `${vendor}: interrupted; the upload was aborted.` };
    if (error instanceof UploadRefused)
      return { ...report, status: 'failure', error: redact(error.message), errorCode: error.code };
    const reason = redact(error instanceof Error ? error.message : String(error));
    const problem = `${vendor}: ${reason} The upload was aborted and JupiterOne is as it was: sync again.`;
    return { ...report, status: 'partial', error: problem };
  }
}

/** Calls through at most once in so many milliseconds. */
function throttled(intervalMs: number, call: (value: number) => void): (value: number) => void {
  let last = performance.now();
  return (value) => {
    if (performance.now() - last < intervalMs) return;
    last = performance.now();
    call(value);
  };
}
