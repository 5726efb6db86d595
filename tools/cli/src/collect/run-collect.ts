import { resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import type { LogLevel } from '../logging/create-logger.js';
import { chooseProgress } from '../progress/choose-progress.js';
import type { ProgressEvent } from '../progress/progress-event.js';
import { Redactor } from '../secrets/redactor.js';
import { collectSummary, jointSummary } from '../summary/collect-summary.js';
import { guardStreams } from '../terminal/guarded-streams.js';
import { Messenger, type LogFormat } from '../terminal/messenger.js';
import { neutralize } from '../terminal/neutralize.js';
import { knownVendors, VENDOR_SCOPE, vendorOf } from '../vendors/known-vendors.js';
import { collectMany } from './collect-many.js';
import type { CollectReport, JointReport } from './collect-report.js';
import type { CollectHost, CollectOutcome, CollectRequest } from './collect-vendor.js';
import { interruption } from './interruption.js';
import { EXIT_CODES, exitCode, worstStatus } from './run-status.js';

/** The options of `vendor-graph collect`. */
export interface CollectOptions {
  all: boolean;
  simulate: boolean;
  simulatedCredentials: string;
  out?: string;
  step: string[];
  skip: string[];
  enableSource: string[];
  disableSource: string[];
  tagAccountName: boolean;
  allowPartial: boolean;
  json: boolean;
  logLevel?: LogLevel;
  logFormat: LogFormat;
  quiet: boolean;
  verbose: boolean;
}

/**
 * `vendor-graph collect`.
 *
 * @returns the exit code.
 */
export async function runCollect(vendors: readonly string[], options: CollectOptions): Promise<number> {
  const redactor = new Redactor();
  const redact = (text: string): string => redactor.redact(text);
  const streams = guardStreams(process, redact);
  const logLevel = options.logLevel ?? (options.quiet ? 'error' : options.verbose ? 'debug' : 'warn');
  const write = (text: string): void => {
    streams.message(text);
  };
  const messenger = new Messenger({ format: options.logFormat, level: logLevel, write, redact });
  const signal = interruption();
  const cwd = process.cwd();

  try {
    const requests = requestsFor(vendors, options, cwd);
    const progress = await chooseProgress(
      {
        vendors: requests.map(({ label }) => label),
        format: options.logFormat,
        quiet: options.quiet,
        verbose: ['trace', 'debug', 'info'].includes(logLevel),
        stream: process.stderr,
        env: process.env,
      },
      (line) => {
        write(`${line}\n`);
      },
    );
    const onEvent = (vendor: string, event: ProgressEvent): void => {
      progress.show(vendor, event);
    };
    const [only] = requests;
    const joint = options.all || requests.length > 1;
    const outcomes =
      joint || only === undefined
        ? await collectMany(requests, { logLevel, logFormat: options.logFormat, onEvent, onLine: write, signal })
        : [
            await collectHere(only, {
              env: process.env,
              cwd,
              logLevel,
              log: (record) => {
                messenger.log(record);
              },
              onEvent: (event) => {
                onEvent(only.label, event);
              },
              onSecrets: (secrets) => {
                redactor.addAll(secrets);
              },
              redact,
              signal,
            }),
          ];
    await progress.end();

    for (const { problem } of outcomes) if (problem !== undefined) messenger.say('error', problem);
    const reports = outcomes.map(({ report }) => report);
    const status = worstStatus(reports.map((report) => report.status));
    if (options.json) streams.result(jsonDocument(joint ? { status, packages: reports } : reports[0]));
    else if (!options.quiet) streams.result(summary(reports, joint, cwd));
    return exitCode(status, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    messenger.say('error', error.message);
    return EXIT_CODES.failure;
  } finally {
    await streams.flush();
  }
}

/** In this process; the SDK is loaded only here. */
async function collectHere(request: CollectRequest, host: CollectHost): Promise<CollectOutcome> {
  const { collectVendor } = await import('./collect-vendor.js');
  return collectVendor(request, host);
}

function requestsFor(vendors: readonly string[], options: CollectOptions, cwd: string): CollectRequest[] {
  const named = [...new Set(options.all ? knownVendors(cwd) : vendors)];
  if (named.length === 0) {
    const known = knownVendors(cwd);
    throw new CommandError(
      known.length === 0
        ? `There is no vendor package here. Install one, e.g.: npm install ${VENDOR_SCOPE}/runzero`
        : `Which vendor? Name one or more of ${known.join(', ')}, or use --all.`,
    );
  }
  const several = options.all || named.length > 1;
  return named.map((vendor) => ({
    vendor,
    label: labelOf(vendor),
    simulate: options.simulate ? options.simulatedCredentials : undefined,
    out: options.out === undefined ? undefined : resolve(cwd, options.out, several ? labelOf(vendor) : '.'),
    filter: { only: options.step, skip: options.skip },
    sources: { enable: options.enableSource, disable: options.disableSource },
    tagAccountName: options.tagAccountName,
  }));
}

/** The name of a vendor before its package is found: the last part of a package's name or of a path. */
function labelOf(argument: string): string {
  return vendorOf(argument.replace(/[/\\]+$/, ''));
}

function jsonDocument(document: CollectReport | JointReport | undefined): string {
  return `${neutralize(JSON.stringify(document))}\n`;
}

function summary(reports: readonly CollectReport[], joint: boolean, cwd: string): string {
  return joint ? jointSummary(reports, cwd) : reports.map((report) => collectSummary(report, cwd)).join('');
}
