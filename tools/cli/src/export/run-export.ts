import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT_CODES } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import { flatObjects } from '../graph-folder/flat-objects.js';
import { namedGraph, type NamedGraph } from '../graph-folder/named-graph.js';
import { ColumnCatalog, type TypeColumns } from '../graph-folder/type-columns.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { namedVendors } from '../vendors/named-vendors.js';
import { exportCsv } from './csv-files.js';
import { CYPHER_HEAD, cypherStatement } from './cypher.js';
import { GraphmlWriter } from './graphml.js';
import { exportParquet } from './parquet-files.js';

export type ExportFormat = 'csv' | 'graphml' | 'cypher' | 'parquet';

/** The options of `vendor-graph export`. */
export interface ExportOptions extends OutputOptions {
  all: boolean;
  format: ExportFormat;
  out: string;
}

/**
 * `vendor-graph export`.
 *
 * @returns the exit code.
 */
export async function runExport(vendors: readonly string[], options: ExportOptions): Promise<number> {
  const io = openCommandIo(options);
  const cwd = process.cwd();
  return exitCodeOf(io, async () => {
    const graphs = namedVendors(vendors, options.all, cwd).map(({ argument }) => namedGraph(argument, cwd));
    const labels = graphs.map(({ label }) => label);
    const twice = labels.find((label, index) => labels.indexOf(label) !== index);
    if (twice !== undefined) throw new CommandError(`Two of these graphs are of ${twice}: export one after the other.`);
    for (const graph of graphs) {
      const place = await exportGraph(graph, options.format, resolve(cwd, options.out));
      io.streams.result(`${place}\n`);
    }
    return EXIT_CODES.success;
  });
}

/** Writes one graph and answers where: a folder with a file for each type, or one file. */
async function exportGraph({ folder, label }: NamedGraph, format: ExportFormat, out: string): Promise<string> {
  const name = join(out, encodeURIComponent(label));
  switch (format) {
    case 'csv':
      await exportCsv(folder, name, await typesOf(folder));
      return name;
    case 'parquet':
      await exportParquet(folder, name);
      return name;
    case 'graphml': {
      const writer = new GraphmlWriter(await typesOf(folder));
      return write(`${name}.graphml`, writer.head(), folder, (object) => writer.object(object), writer.foot());
    }
    case 'cypher':
      return write(`${name}.cypher`, CYPHER_HEAD, folder, cypherStatement, '');
  }
}

/** A first reading, of which only the names and kinds of properties are kept. */
async function typesOf(folder: string): Promise<TypeColumns[]> {
  const catalog = new ColumnCatalog();
  for await (const objects of flatObjects(folder)) for (const object of objects) catalog.add(object);
  return catalog.types();
}

async function write(
  path: string,
  head: string,
  folder: string,
  toText: (object: Parameters<typeof cypherStatement>[0]) => string,
  foot: string,
): Promise<string> {
  async function* content(): AsyncGenerator<string> {
    yield head;
    for await (const objects of flatObjects(folder)) yield objects.map(toText).join('');
    yield foot;
  }
  mkdirSync(dirname(path), { recursive: true });
  await pipeline(Readable.from(content()), createWriteStream(path));
  return path;
}
