import type { ChangeCounts, SyncReport } from '../sync/sync-report.js';
import { count } from '../terminal/amounts.js';
import { table, type Column } from '../terminal/table.js';

const right = 'right' as const;

/** What `sync` did for one vendor, or would do, for people. */
export function syncSummary(report: SyncReport): string {
  const parts = report.dryRun ? preview(report) : uploaded(report);
  if (parts.length === 0) return '';
  if (report.partialTypes.length > 0)
    parts.push(`Nothing is deleted of these partial data sets: ${report.partialTypes.join(', ')}`);
  return `${parts.join('\n')}\n`;
}

function preview({ package: vendor, changes = [], comparedWith = '' }: SyncReport): string[] {
  const headline = `${vendor}: what an upload would change, compared with ${comparedWith}`;
  if (changes.length === 0) return [`${headline}: nothing`];
  const columns: Column[] = [
    { title: 'type' },
    { title: 'kind' },
    { title: 'create', align: right },
    { title: 'update', align: right },
    { title: 'delete', align: right },
    { title: 'keep (partial)', align: right },
  ];
  const rows = changes.map(({ type, kind, create, update, delete: removed, keep }) => [
    type,
    kind,
    ...[create, update, removed, keep].map(count),
  ]);
  return [headline, table(columns, rows)];
}

function uploaded({ package: vendor, simulated, entities, relationships, jobId }: SyncReport): string[] {
  if (entities === undefined || relationships === undefined) return [];
  const columns: Column[] = [
    { title: 'kind' },
    { title: 'uploaded', align: right },
    { title: 'created', align: right },
    { title: 'updated', align: right },
    { title: 'deleted', align: right },
  ];
  return [
    `${vendor}: uploaded${simulated ? ' (simulated data)' : ''}, job ${jobId ?? ''}`,
    table(columns, [row('entities', entities), row('relationships', relationships)]),
  ];
}

function row(kind: string, { uploaded, created, updated, deleted }: ChangeCounts): string[] {
  return [kind, ...[uploaded, created, updated, deleted].map(count)];
}
