import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EXIT_CODES } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import { declaredModel } from '../data-model/declared-model.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { loadVendor } from '../vendors/load-vendor.js';
import { locateVendor } from '../vendors/locate-vendor.js';
import { namedVendors } from '../vendors/named-vendors.js';
import { dataModelSection } from './data-model-section.js';
import { withMarkedSection } from './marked-section.js';

/** The options of `vendor-graph document`. */
export interface DocumentOptions extends OutputOptions {
  all: boolean;
  check: boolean;
}

/** Where a vendor package has its page for users. */
const PAGE = join('docs', 'jupiterone.md');

/**
 * `vendor-graph document`.
 *
 * @returns the exit code.
 */
export async function runDocument(vendors: readonly string[], options: DocumentOptions): Promise<number> {
  const io = openCommandIo(options);
  const cwd = process.cwd();
  let failed = false;
  return exitCodeOf(io, async () => {
    for (const { argument, label } of namedVendors(vendors, options.all, cwd)) {
      try {
        const outcome = await documentVendor(argument, options.check, cwd);
        if (!options.quiet) io.messenger.say('info', `${label}: ${outcome}`);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        io.messenger.say('error', `${label}: ${error.message}`);
        failed = true;
      }
    }
    return failed ? EXIT_CODES.failure : EXIT_CODES.success;
  });
}

async function documentVendor(argument: string, isCheck: boolean, cwd: string): Promise<string> {
  const vendorPackage = locateVendor(argument, cwd);
  const path = join(vendorPackage.folder, PAGE);
  const place = relative(cwd, path);
  const page = await readFile(path, 'utf8').catch(() => {
    throw new CommandError(`${place} cannot be read: write the page first, with its two markers.`);
  });
  const model = declaredModel(await loadVendor(vendorPackage));
  const documented = withMarkedSection(page, dataModelSection(model), place);
  if (documented === page) return `${place} agrees with the code`;
  if (isCheck)
    throw new CommandError(`${firstDifference(page, documented, place)}\nRun: vendor-graph document ${argument}`);
  await writeFile(path, documented);
  return `${place} written`;
}

function firstDifference(page: string, documented: string, place: string): string {
  const [actual, expected] = [page.split('\n'), documented.split('\n')];
  const line = expected.findIndex((text, index) => text !== actual[index]);
  return [
    `${place}:${line + 1} differs from the code.`,
    `  is:        ${actual[line] ?? '(nothing)'}`,
    `  should be: ${expected[line] ?? '(nothing)'}`,
  ].join('\n');
}
