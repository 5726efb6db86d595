import { interruption } from '../collect/interruption.js';
import { exitCode, worstStatus } from '../collect/run-status.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { neutralize } from '../terminal/neutralize.js';
import { namedVendors } from '../vendors/named-vendors.js';
import { checkSummary } from './check-summary.js';
import { checkVendor } from './check-vendor.js';
import { HttpWatch } from './http-watch.js';

/** The options of `vendor-graph check`. */
export interface CheckOptions extends OutputOptions {
  all: boolean;
  simulate: boolean;
  simulatedCredentials: string;
  enableSource: string[];
  disableSource: string[];
  json: boolean;
}

/**
 * `vendor-graph check`.
 *
 * @returns the exit code.
 */
export async function runCheck(vendors: readonly string[], options: CheckOptions): Promise<number> {
  const io = openCommandIo(options);
  const signal = interruption();
  const cwd = process.cwd();
  const watch = new HttpWatch();
  return exitCodeOf(io, async () => {
    const named = namedVendors(vendors, options.all, cwd);
    const reports = await Promise.all(
      named.map(({ argument, label }) =>
        checkVendor(
          {
            vendor: argument,
            label,
            simulate: options.simulate ? options.simulatedCredentials : undefined,
            sources: { enable: options.enableSource, disable: options.disableSource },
          },
          {
            env: process.env,
            cwd,
            logLevel: io.logLevel,
            log: (record) => {
              io.messenger.log(record);
            },
            onSecrets: (secrets) => {
              io.redactor.addAll(secrets);
            },
            redact: (text) => io.redactor.redact(text),
            watch,
            signal,
          },
        ),
      ),
    );
    const status = worstStatus(reports.map((report) => report.status));
    const document = options.all || reports.length > 1 ? { status, packages: reports } : reports[0];
    if (options.json) io.streams.result(`${neutralize(JSON.stringify(document))}\n`);
    else if (!options.quiet) io.streams.result(reports.map(checkSummary).join('\n'));
    return exitCode(status);
  }).finally(() => {
    watch.stop();
  });
}
