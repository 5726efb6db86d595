import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXIT_CODES } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import { declaredModel } from '../data-model/declared-model.js';
import { modelMermaid } from '../data-model/model-mermaid.js';
import { stepPlan } from '../data-model/step-plan.js';
import { stepsMermaid } from '../data-model/steps-mermaid.js';
import { namedGraph } from '../graph-folder/named-graph.js';
import { bytes } from '../terminal/amounts.js';
import { exitCodeOf, openCommandIo, type CommandIo, type OutputOptions } from '../terminal/command-io.js';
import { loadVendor } from '../vendors/load-vendor.js';
import { locateVendor } from '../vendors/locate-vendor.js';
import { namedVendors, type NamedVendor } from '../vendors/named-vendors.js';
import { findWorkspace } from '../vendors/workspace.js';
import { ChunkFile } from './chunk-file.js';
import { graphPageData } from './graph-page-data.js';
import { writeHtmlPage } from './html-page.js';
import { readPageAssets } from './page-assets.js';
import type { PageData } from './page-data.js';
import { stepsPageData } from './steps-page-data.js';
import { typesPageData } from './types-page-data.js';

/** The options of `vendor-graph visualize`. */
export interface VisualizeOptions extends OutputOptions {
  all: boolean;
  types: boolean;
  steps: boolean;
  format: 'html' | 'mermaid';
  out?: string;
}

/**
 * `vendor-graph visualize`.
 *
 * @returns the exit code.
 */
export async function runVisualize(vendors: readonly string[], options: VisualizeOptions): Promise<number> {
  const io = openCommandIo(options);
  const cwd = process.cwd();
  return exitCodeOf(io, async () => {
    if (options.types && options.steps) throw new CommandError('--types and --steps are two pages: choose one.');
    if (options.format === 'mermaid' && !options.types && !options.steps)
      throw new CommandError('A collected graph is too large for Mermaid: use it with --types or --steps.');
    const named = namedVendors(vendors, options.all, cwd);
    if (options.types) await visualizeTypes(named, options, io, cwd);
    else if (options.steps) await visualizeSteps(named, options, io, cwd);
    else await visualizeGraphs(named, options, io, cwd);
    return EXIT_CODES.success;
  });
}

async function visualizeGraphs(
  named: readonly NamedVendor[],
  options: VisualizeOptions,
  io: CommandIo,
  cwd: string,
): Promise<void> {
  const graphs = named.map(({ argument }) => namedGraph(argument, cwd));
  const [only, ...others] = graphs;
  // One graph's page stands beside it, as one that is not committed either.
  const folder = only !== undefined && others.length === 0 ? only.folder : defaultFolder(cwd);
  const path = pagePath(options.out, join(folder, 'graph.html'), cwd);
  const chunks = await ChunkFile.create(`${path}.chunks`);
  try {
    const data = await graphPageData(graphs, chunks, Date.now());
    await chunks.close();
    await writeHtmlPage(path, data, chunks.path, readPageAssets());
  } finally {
    rmSync(chunks.path, { force: true });
  }
  tell(path, io);
}

async function visualizeTypes(
  named: readonly NamedVendor[],
  options: VisualizeOptions,
  io: CommandIo,
  cwd: string,
): Promise<void> {
  const models = await Promise.all(
    named.map(async ({ argument }) => {
      const vendorPackage = locateVendor(argument, cwd);
      return { vendor: vendorPackage.vendor, parts: declaredModel(await loadVendor(vendorPackage)) };
    }),
  );
  if (options.format === 'mermaid') io.streams.result(`${modelMermaid(models.flatMap(({ parts }) => parts))}\n`);
  else await writePage(typesPageData(models, Date.now()), 'types.html', options, io, cwd);
}

async function visualizeSteps(
  named: readonly NamedVendor[],
  options: VisualizeOptions,
  io: CommandIo,
  cwd: string,
): Promise<void> {
  const onSecrets = (secrets: readonly string[]): void => {
    io.redactor.addAll(secrets);
  };
  const plans = await Promise.all(
    named.map(({ argument }) => stepPlan(locateVendor(argument, cwd), process.env, onSecrets)),
  );
  if (options.format === 'mermaid') io.streams.result(`${stepsMermaid(plans)}\n`);
  else await writePage(stepsPageData(plans, Date.now()), 'steps.html', options, io, cwd);
}

async function writePage(
  data: PageData,
  name: string,
  options: VisualizeOptions,
  io: CommandIo,
  cwd: string,
): Promise<void> {
  const path = pagePath(options.out, join(defaultFolder(cwd), name), cwd);
  await writeHtmlPage(path, data, undefined, readPageAssets());
  tell(path, io);
}

function pagePath(out: string | undefined, standard: string, cwd: string): string {
  const path = out === undefined ? standard : resolve(cwd, out);
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`The page cannot be written to ${path} (${reason}). Name another file by --out.`);
  }
  return path;
}

/** In the workspace a folder that git ignores. */
function defaultFolder(cwd: string): string {
  const workspace = findWorkspace(cwd);
  return workspace === undefined ? cwd : join(workspace, '.j1-integration');
}

function tell(path: string, io: CommandIo): void {
  io.streams.result(`${path}\n`);
  io.messenger.say('info', `Written (${bytes(statSync(path).size)}): open it in a browser, it needs no network.`);
}
