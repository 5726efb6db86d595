import { mkdirSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { flatObjects } from '../graph-folder/flat-objects.js';
import type { TypeColumns } from '../graph-folder/type-columns.js';
import { csvLine } from './csv.js';
import { typeFile } from './type-file.js';

/** Writes a graph as CSV: a file for each type, with its properties as columns. */
export async function exportCsv(graph: string, out: string, types: readonly TypeColumns[]): Promise<void> {
  const files = new Map<string, { file: FileHandle; columns: string[] }>();
  try {
    for (const { kind, type, columns } of types) {
      mkdirSync(join(out, kind), { recursive: true });
      const file = await open(typeFile(out, kind, type, 'csv'), 'w');
      files.set(`${kind} ${type}`, { file, columns: [...columns.keys()] });
      await file.write(csvLine([...columns.keys()]));
    }
    for await (const objects of flatObjects(graph)) {
      const lines = new Map<string, string>();
      for (const { kind, type, properties } of objects) {
        const id = `${kind} ${type}`;
        const line = csvLine((files.get(id)?.columns ?? []).map((name) => properties.get(name)));
        lines.set(id, (lines.get(id) ?? '') + line);
      }
      for (const [id, text] of lines) await files.get(id)?.file.write(text);
    }
  } finally {
    for (const { file } of files.values()) await file.close();
  }
}
