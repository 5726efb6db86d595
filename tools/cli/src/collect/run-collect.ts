import { resolve } from 'node:path';
import { chooseProgress } from '../progress/choose-progress.js';
import type { ProgressEvent } from '../progress/progress-event.js';
import { limitHeapGrowth } from '../startup/lean-heap.js';
import { skipWasmOptimization } from '../startup/lean-wasm.js';
import { collectSummary, jointSummary } from '../summary/collect-summary.js';
import { reportToGithub } from '../summary/github-report.js';
import type { ReportedRun } from '../summary/markdown-summary.js';
import { exitCodeOf, openCommandIo, type CommandIo, type OutputOptions } from '../terminal/command-io.js';
import { neutralize } from '../terminal/neutralize.js';
import { namedVendors } from '../vendors/named-vendors.js';
import { collectMany } from './collect-many.js';
import type { CollectReport, JointReport } from './collect-report.js';
import type { CollectOutcome, CollectRequest } from './collect-vendor.js';
import { interruption } from './interruption.js';
import { exitCode, worstStatus } from './run-status.js';

/** The options of `vendor-graph collect`. */
export interface CollectOptions extends OutputOptions {
  all: boolean;
  simulate: boolean;
  simulatedCredentials: string;
  out?: string;
  step: string[];
  skip: string[];
  enableSource: string[];
  disableSource: string[];
  tagAccountName: boolean;
  validate: boolean;
  allowPartial: boolean;
  json: boolean;
}

/**
 * `vendor-graph collect`.
 *
 * @returns the exit code.
 */
export async function runCollect(vendors: readonly string[], options: CollectOptions): Promise<number> {
  const io = openCommandIo(options);
  const signal = interruption();
  const cwd = process.cwd();
  return exitCodeOf(io, async () => {
    const requests = requestsFor(vendors, options, cwd);
    const joint = options.all || requests.length > 1;
    const runs = await collectAll(requests, { joint, options, io, signal, cwd });

    for (const { problem } of runs) if (problem !== undefined) io.messenger.say('error', problem);
    reportToGithub(runs, process.env, {
      allowPartial: options.allowPartial,
      write: io.streams.message,
      redact: (text) => io.redactor.redact(text),
    });
    const reports = runs.map(({ report }) => report);
    const status = worstStatus(reports.map((report) => report.status));
    if (options.json) io.streams.result(jsonDocument(joint ? { status, packages: reports } : reports[0]));
    else if (!options.quiet) io.streams.result(summary(reports, joint, cwd));
    return exitCode(status, options);
  });
}

interface Surroundings {
  joint: boolean;
  options: CollectOptions;
  io: CommandIo;
  signal: AbortSignal;
  cwd: string;
}

/** Runs all requests, showing their progress. */
async function collectAll(requests: readonly CollectRequest[], around: Surroundings): Promise<ReportedRun[]> {
  const { joint, options, io, signal } = around;
  const { logFormat, quiet } = options;
  const writeLine = (line: string): void => {
    io.streams.message(`${line}\n`);
  };
  const progress = await chooseProgress(
    {
      vendors: requests.map(({ label }) => label),
      format: logFormat,
      quiet,
      talkative: io.isTalkative,
      stream: process.stderr,
      env: process.env,
    },
    writeLine,
  );
  const warnings = new Map<string, string[]>();
  const onEvent = (label: string, event: ProgressEvent): void => {
    progress.show(label, event);
    if (event.type !== 'notice' || event.level === 'info') return;
    warnings.set(label, [...(warnings.get(label) ?? []), event.message]);
  };

  const { followsRequests } = progress;
  const [only] = requests;
  const outcomes =
    joint || only === undefined
      ? await collectMany(requests, {
          logLevel: io.logLevel,
          logFormat,
          followsRequests,
          onEvent,
          onLine: writeLine,
          signal,
        })
      : [await collectHere(only, followsRequests, onEvent, around)];
  await progress.end();
  return outcomes.map((outcome, index) => ({ ...outcome, warnings: warnings.get(requests[index]?.label ?? '') ?? [] }));
}

/** In this process; the SDK is loaded only here. */
async function collectHere(
  request: CollectRequest,
  followsRequests: boolean,
  onEvent: (label: string, event: ProgressEvent) => void,
  { io, signal, cwd }: Surroundings,
): Promise<CollectOutcome> {
  limitHeapGrowth();
  skipWasmOptimization();
  const { collectWithTelemetry } = await import('../telemetry/collect-with-telemetry.js');
  const outcome = await collectWithTelemetry(request, {
    env: process.env,
    cwd,
    logLevel: io.logLevel,
    log: (record) => {
      io.messenger.log(record);
    },
    onEvent: (event) => {
      onEvent(request.label, event);
    },
    followsRequests,
    onSecrets: (secrets) => {
      io.redactor.addAll(secrets);
    },
    redact: (text) => io.redactor.redact(text),
    signal,
  });
  const { status, durationMs } = outcome.report;
  onEvent(request.label, { type: 'end', status, durationMs });
  return outcome;
}

function requestsFor(vendors: readonly string[], options: CollectOptions, cwd: string): CollectRequest[] {
  const named = namedVendors(vendors, options.all, cwd);
  const several = options.all || named.length > 1;
  return named.map(({ argument, label }) => ({
    vendor: argument,
    label,
    simulate: options.simulate ? options.simulatedCredentials : undefined,
    out: options.out === undefined ? undefined : resolve(cwd, options.out, several ? label : '.'),
    filter: { only: options.step, skip: options.skip },
    sources: { enable: options.enableSource, disable: options.disableSource },
    tagAccountName: options.tagAccountName,
    validate: options.validate,
  }));
}

function jsonDocument(document: CollectReport | JointReport | undefined): string {
  return `${neutralize(JSON.stringify(document))}\n`;
}

function summary(reports: readonly CollectReport[], joint: boolean, cwd: string): string {
  return joint ? jointSummary(reports, cwd) : reports.map((report) => collectSummary(report, cwd)).join('');
}
